package org.storedb.document;

/**
 * A violation of a validation rule in a document.
 *
 * @param path the path of the field, such as {@code address.lines[2]}; empty for the document itself
 * @param message what is wrong with it
 */
public record DocumentViolation(String path, String message) {

    @Override
    public String toString() {
        return path.isEmpty() ? message : path + ": " + message;
    }
}
