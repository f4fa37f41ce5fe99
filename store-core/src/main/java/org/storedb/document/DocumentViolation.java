package org.storedb.document;

/**
 * Something in a document that must not be.
 *
 * @param path of the field, as {@code address.lines[2]}; empty for the document itself
 * @param message what is wrong with it
 */
public record DocumentViolation(String path, String message) {

    @Override
    public String toString() {
        return path.isEmpty() ? message : path + ": " + message;
    }
}
