package org.storedb.internal.query;

import java.util.List;
import org.storedb.internal.document.FieldDictionary;
import org.storedb.internal.transaction.ScanCache;
import org.storedb.internal.transaction.StateView;
import org.storedb.internal.transaction.TreeView;

/**
 * A collection as one reader sees it.
 *
 * @param scans keeps documents that are scanned repeatedly
 */
public record CollectionView(CollectionShape shape, TreeView view, ScanCache scans) {

    String name() {
        return shape.name();
    }

    int recordTreeId() {
        return shape.recordTreeId();
    }

    List<IndexShape> indexes() {
        return shape.indexes();
    }

    FieldDictionary dictionary() {
        return shape.dictionary();
    }

    /** Returns whether the view never changes, and need not be told what a result depends on. */
    boolean neverChanges() {
        return view instanceof StateView;
    }
}
