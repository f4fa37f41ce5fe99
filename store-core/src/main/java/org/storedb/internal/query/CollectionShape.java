package org.storedb.internal.query;

import java.util.List;
import org.storedb.internal.document.CatalogEntry;
import org.storedb.internal.document.FieldDictionary;
import org.storedb.internal.transaction.ScanCache;
import org.storedb.internal.transaction.TreeView;

/**
 * The properties of a collection that queries need, independently of its documents: computed once for as long as the
 * catalog entry is unchanged. Immutable.
 */
public final class CollectionShape {

    private final String name;
    private final int recordTreeId;
    private final long sequence;
    private final List<IndexShape> indexes;
    private final FieldDictionary dictionary;
    private final PlanShapes planShapes;

    /** Creates the shape of the collection with this entry. */
    CollectionShape(CatalogEntry entry, FieldDictionary dictionary) {
        this.name = entry.name();
        this.recordTreeId = entry.treeId();
        this.sequence = entry.sequence();
        this.indexes = entry.indexes().stream().map(IndexShape::of).toList();
        this.dictionary = dictionary;
        this.planShapes = new PlanShapes(indexes);
    }

    /** Returns whether this is still up to date: a changed entry is written by another commit. */
    boolean isOf(CatalogEntry entry, FieldDictionary names) {
        return sequence == entry.sequence() && dictionary == names;
    }

    /**
     * Returns the collection as one reader sees it.
     *
     * @param scans keeps documents that are scanned repeatedly
     */
    public CollectionView in(TreeView view, ScanCache scans) {
        return new CollectionView(this, view, scans);
    }

    /** Returns the name, for messages. */
    String name() {
        return name;
    }

    int recordTreeId() {
        return recordTreeId;
    }

    List<IndexShape> indexes() {
        return indexes;
    }

    /** Returns what is known of the plans of queries over these indexes. */
    PlanShapes planShapes() {
        return planShapes;
    }

    FieldDictionary dictionary() {
        return dictionary;
    }
}
