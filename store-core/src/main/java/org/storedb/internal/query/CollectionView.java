package org.storedb.internal.query;

import java.util.List;
import org.storedb.internal.document.CatalogEntry.IndexEntry;
import org.storedb.internal.document.FieldDictionary;
import org.storedb.internal.transaction.TreeView;

/**
 * A collection as one reader sees it.
 *
 * @param name for messages
 */
public record CollectionView(
        String name, int recordTreeId, List<IndexEntry> indexes, FieldDictionary dictionary, TreeView view) {

    public CollectionView {
        indexes = List.copyOf(indexes);
    }
}
