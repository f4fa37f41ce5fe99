package org.storedb.internal.document;

import java.util.List;
import org.storedb.document.IndexDefinition;

/**
 * A keyspace or a collection. Immutable.
 *
 * @param treeId of the tree of its records; never used again for another one
 * @param indexes by name
 * @param key of this entry's record in the catalog
 * @param sequence of the commit that wrote this entry's record
 */
@SuppressWarnings("ArrayRecordComponent") // Never compared.
public record CatalogEntry(Kind kind, String name, int treeId, List<IndexEntry> indexes, byte[] key, long sequence) {

    /** Names that begin with this are not allowed to users. */
    private static final String INTERNAL_PREFIX = "_";

    /** Whether it is the store's own: nobody else can reach it. */
    public boolean isInternal() {
        return name.startsWith(INTERNAL_PREFIX);
    }

    /** What a name stands for; the names of one kind are independent of the other's. */
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
