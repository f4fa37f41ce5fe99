package org.storedb.internal.snapshot;

import java.util.List;
import org.storedb.document.IndexDefinition;
import org.storedb.internal.document.CatalogEntry.Kind;

/**
 * A collection or keyspace in a snapshot file.
 *
 * @param count of its documents or entries
 * @param indexes none for a keyspace
 */
public record SnapshotPart(Kind kind, String name, long count, List<IndexDefinition> indexes) {

    public SnapshotPart {
        indexes = List.copyOf(indexes);
    }

    /** What to call it in messages. */
    String shown() {
        return (kind == Kind.COLLECTION ? "collection '" : "keyspace '") + name + "'";
    }
}
