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

    /** Keyspaces with names that begin with this contain what the library's own modules record about the store. */
    private static final String BOOKKEEPING_PREFIX = "storedb.";

    /** Returns whether it is internal: users cannot reach it. */
    public boolean isInternal() {
        return name.startsWith(INTERNAL_PREFIX);
    }

    /** Returns whether it has contents that are of use in another store. */
    public boolean isContent() {
        boolean bookkeeping = kind == Kind.KEYSPACE && name.startsWith(BOOKKEEPING_PREFIX);
        return !isInternal() && !bookkeeping;
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
