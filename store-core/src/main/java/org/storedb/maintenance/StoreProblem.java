package org.storedb.maintenance;

import org.jspecify.annotations.Nullable;

/**
 * One thing that is wrong in a store.
 *
 * @param file the file that it is in, or {@code null} if it is not in a file
 * @param offset where in the file, in bytes; -1 if that has no meaning
 * @param tree the collection, keyspace or index that is hit, or {@code null} if none is or it is not known
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

    /** What kinds of problems there are. */
    public enum Kind {
        /** A part of a file does not match its checksum, or is not what the manifest says. */
        DAMAGED_FILE(true),
        /** A part of a file cannot be read at all. */
        UNREADABLE_FILE(true),
        /** A current record does not match its checksum or cannot be read: the value is lost. */
        DAMAGED_RECORD(true),
        /** The log has a current record that the index in memory does not. */
        MISSING_RECORD(true),
        /** The index in memory has a record that the log does not, or that the log says was deleted. */
        EXTRA_RECORD(true),
        /** The index in memory points to a record that a newer one has replaced. */
        STALE_RECORD(true),
        /** A document has no entry in an index. */
        MISSING_INDEX_ENTRY(true),
        /** An index has an entry that no document gives. */
        EXTRA_INDEX_ENTRY(true),
        /** Two documents have the same value in a unique index. */
        NOT_UNIQUE(true),
        /** A tree in memory is not well formed. */
        BROKEN_TREE(true),
        /** The figures of live bytes are not what the records add up to. */
        WRONG_FIGURES(false),
        /** A file looks like a part of the store, but nothing uses it. It takes space and does no other harm. */
        LEAKED_FILE(false);

        private final boolean damage;

        Kind(boolean damage) {
            this.damage = damage;
        }

        /** Whether answers of the store may be wrong or missing because of it, now or after the next open. */
        public boolean isDamage() {
            return damage;
        }
    }
}
