package org.storedb.internal.document;

import java.util.List;
import org.storedb.index.IndexDefinition;

/**
 * A keyspace or a collection. Immutable.
 *
 * @param treeId id of the tree of its records; never reused for another one
 * @param indexes by name
 * @param key of this entry's record in the catalog
 * @param sequence the sequence of the commit that wrote this entry's record
 */
@SuppressWarnings("ArrayRecordComponent") // Never compared.
public record CatalogEntry(Kind kind, String name, int treeId, List<IndexEntry> indexes, byte[] key, long sequence) {

    /** Users may not choose names that begin with this. */
    private static final String INTERNAL_PREFIX = "_";

    /** Returns whether it is internal: users cannot reach it. */
    public boolean isInternal() {
        return name.startsWith(INTERNAL_PREFIX);
    }

    /** The kind of thing that a name denotes; the names of each kind are independent of the other's. */
    public enum Kind {
        KEYSPACE(1),
        COLLECTION(2);

        private final int code;

        Kind(int code) {
            this.code = code;
        }

        int code() {
            return code;
        }
    }

    /** An index of a collection and the tree that it is in. */
    public record IndexEntry(IndexDefinition definition, int treeId) {}
}
