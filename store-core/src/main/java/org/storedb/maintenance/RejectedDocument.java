package org.storedb.maintenance;

/**
 * A document that was not imported.
 *
 * @param source name of the file
 * @param line the line where it begins in the file, from 1
 * @param reason why, for people
 */
public record RejectedDocument(String source, long line, String reason) {

    @Override
    public String toString() {
        return source + ", line " + line + ": " + reason;
    }
}
