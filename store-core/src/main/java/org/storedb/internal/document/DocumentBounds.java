package org.storedb.internal.document;

import org.storedb.error.LimitExceededException;

/**
 * How large a document may be.
 *
 * @param bytesMax of its stored form
 * @param nestingMax objects and arrays in one another, the document included; not above {@link #NESTING_MOST}
 * @param fieldsMax fields of all its objects together
 */
public record DocumentBounds(int bytesMax, int nestingMax, int fieldsMax) {

    public static final int NESTING_MOST = DocumentFormat.DEPTH_MAX;

    /** Only what the stored form itself can hold. */
    static final DocumentBounds WIDEST = new DocumentBounds(Integer.MAX_VALUE - 64, NESTING_MOST, Integer.MAX_VALUE);

    void requireBytes(long bytes) {
        if (bytes > bytesMax) {
            throw new LimitExceededException("The document has " + bytes + " bytes or more, but " + bytesMax
                    + " are allowed, see valueBytesMax");
        }
    }

    void requireFields(int fields) {
        if (fields > fieldsMax) {
            throw new LimitExceededException(
                    "The document has more than the " + fieldsMax + " fields that are allowed, see documentFieldsMax");
        }
    }
}
