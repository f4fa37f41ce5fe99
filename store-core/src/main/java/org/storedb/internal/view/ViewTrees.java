package org.storedb.internal.view;

import org.storedb.internal.index.CountedTree;
import org.storedb.internal.index.Presence;
import org.storedb.internal.transaction.RecordPointer;

/**
 * The rows of a view, for the documents of one moment. Immutable.
 *
 * @param sequence the last commit that the documents contain
 * @param records the documents' tree at that moment
 * @param rows see {@link RowFormat}
 * @param byDocument the key of the document, then the row
 * @param failures the key of each document that is omitted, then the reason in UTF-8
 */
record ViewTrees(
        long sequence,
        CountedTree<RecordPointer> records,
        CountedTree<Presence> rows,
        CountedTree<Presence> byDocument,
        CountedTree<Presence> failures) {

    /** Returns trees of no documents; each call creates new ones. */
    static ViewTrees empty() {
        return new ViewTrees(
                0,
                CountedTree.empty(RecordPointer.LAYOUT),
                CountedTree.empty(Presence.LAYOUT),
                CountedTree.empty(Presence.LAYOUT),
                CountedTree.empty(Presence.LAYOUT));
    }
}
