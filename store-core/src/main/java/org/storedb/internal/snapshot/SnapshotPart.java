package org.storedb.internal.snapshot;

import java.util.List;
import org.storedb.index.IndexDefinition;
import org.storedb.internal.document.CatalogEntry.Kind;
import org.storedb.internal.document.ExpiryRule;

/**
 * A collection or keyspace in a snapshot file.
 *
 * @param count number of its documents or entries
 * @param indexes none for a keyspace
 * @param expiryRule when documents that are written later expire; {@link ExpiryRule#NONE} for a keyspace
 */
public record SnapshotPart(Kind kind, String name, long count, List<IndexDefinition> indexes, ExpiryRule expiryRule) {

    public SnapshotPart {
        indexes = List.copyOf(indexes);
    }

    static SnapshotPart keyspace(String name, long count) {
        return new SnapshotPart(Kind.KEYSPACE, name, count, List.of(), ExpiryRule.NONE);
    }

    /** Returns whether documents that are written later may expire without an explicit time. */
    public boolean isExpiring() {
        return !expiryRule.equals(ExpiryRule.NONE);
    }

    /** Returns its name for messages. */
    String shown() {
        return (kind == Kind.COLLECTION ? "collection '" : "keyspace '") + name + "'";
    }
}
