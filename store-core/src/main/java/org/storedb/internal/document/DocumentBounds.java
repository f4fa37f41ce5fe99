package org.storedb.internal.document;

import org.storedb.error.LimitExceededException;

/**
 * Limits on the size of a document.
 *
 * @param bytesMax maximum bytes of its stored form
 * @param nestingMax maximum depth of objects and arrays, including the document; not above {@link #NESTING_MOST}
 * @param fieldsMax maximum number of fields of all its objects together
 */
public record DocumentBounds(int bytesMax, int nestingMax, int fieldsMax) {

    public static final int NESTING_MOST = DocumentFormat.DEPTH_MAX;

    /** Only the limits of the stored form itself. */
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
