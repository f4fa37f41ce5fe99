package org.storedb.testing;

/**
 * One call of a storage directory or one of its files.
 *
 * @param file the file that it concerns; empty for the directory itself
 */
public record IoOperation(Kind kind, String file) {

    /** What is called. */
    public enum Kind {
        CREATE,
        OPEN,
        LIST,
        RENAME,
        DELETE,
        SYNC_DIRECTORY,
        WRITE,
        READ,
        SIZE,
        RESIZE,
        SYNC,
        CLOSE;

        /** Whether it changes what a crash could leave behind. */
        public boolean isChange() {
            return this != OPEN && this != LIST && this != READ && this != SIZE && this != CLOSE;
        }
    }
}
