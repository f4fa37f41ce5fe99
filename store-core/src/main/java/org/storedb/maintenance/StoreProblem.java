package org.storedb.maintenance;

import org.jspecify.annotations.Nullable;

/**
 * A problem found in a store.
 *
 * @param file the file that is affected, or {@code null} if none is
 * @param offset the offset in the file, in bytes; -1 if not applicable
 * @param tree the collection, keyspace or index that is affected, or {@code null} if there is none or it is unknown
 * @param key the id of the document, or the key of the entry, as text; {@code null} if there is none
 * @param description what is wrong, in a sentence
 */
public record StoreProblem(
        Kind kind,
        @Nullable String file,
        long offset,
        @Nullable String tree,
        @Nullable String key,
        String description) {

    /** Returns a problem of a file; of the whole file if {@code offset} is -1. */
    public static StoreProblem ofFile(Kind kind, String file, long offset, String description) {
        return new StoreProblem(kind, file, offset, null, null, description);
    }

    /** Returns a problem of a collection, keyspace or index in memory. */
    public static StoreProblem ofTree(Kind kind, String tree, String description) {
        return new StoreProblem(kind, null, -1, tree, null, description);
    }

    /** Returns a problem of one document or entry in memory. */
    public static StoreProblem ofKey(Kind kind, @Nullable String tree, String key, String description) {
        return new StoreProblem(kind, null, -1, tree, key, description);
    }

    /** Returns a problem of the store as a whole. */
    public static StoreProblem ofStore(Kind kind, String description) {
        return new StoreProblem(kind, null, -1, null, null, description);
    }

    /** The kinds of problems. */
    public enum Kind {
        /** A part of a file does not match its checksum, or does not match the manifest. */
        DAMAGED_FILE(true),
        /** A part of a file cannot be read at all. */
        UNREADABLE_FILE(true),
        /** A current record does not match its checksum or cannot be read: the value is lost. */
        DAMAGED_RECORD(true),
        /** The log has a current record that the index in memory lacks. */
        MISSING_RECORD(true),
        /** The index in memory has a record that the log lacks, or that was deleted according to the log. */
        EXTRA_RECORD(true),
        /** The index in memory points to a record that a newer one has replaced. */
        STALE_RECORD(true),
        /** A document has no entry in an index. */
        MISSING_INDEX_ENTRY(true),
        /** An index has an entry that belongs to no document. */
        EXTRA_INDEX_ENTRY(true),
        /** Two documents have the same value in a unique index. */
        NOT_UNIQUE(true),
        /** A tree in memory is malformed. */
        BROKEN_TREE(true),
        /** The accounted live bytes do not match the records. */
        WRONG_FIGURES(false),
        /** A file looks like a part of the store, but nothing uses it. It takes up space but does no other harm. */
        LEAKED_FILE(false);

        private final boolean damage;

        Kind(boolean damage) {
            this.damage = damage;
        }

        /** Returns whether it can make results wrong or incomplete, now or after the next open. */
        public boolean isDamage() {
            return damage;
        }
    }
}
