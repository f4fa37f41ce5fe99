package org.storedb.internal.view;

import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.ReentrantLock;
import org.storedb.document.DocumentCodec;
import org.storedb.internal.document.FieldDictionary;
import org.storedb.internal.index.CountedTree;
import org.storedb.internal.transaction.ActiveTransaction;
import org.storedb.internal.transaction.RecordPointer;
import org.storedb.internal.transaction.StateView;
import org.storedb.internal.transaction.TreeView;
import org.storedb.view.ViewFunction;

/**
 * One view of a collection. Keeps the rows of the latest commit at which it was read; those of any other moment are
 * derived from them, using the differences. Safe for use by many threads.
 */
public final class ViewIndex<T> {

    private final String name;
    private final int version;
    private final ViewFunction<T> function;
    private final DocumentCodec<T> codec;
    private final ReentrantLock updating = new ReentrantLock();
    private final AtomicReference<ViewTrees> latest = new AtomicReference<>(ViewTrees.empty());

    ViewIndex(String name, int version, ViewFunction<T> function, DocumentCodec<T> codec) {
        this.name = name;
        this.version = version;
        this.function = function;
        this.codec = codec;
    }

    public String name() {
        return name;
    }

    public int version() {
        return version;
    }

    /** Drops the rows: their commits may have been replaced by others with the same sequences. */
    void forgetRows() {
        latest.set(ViewTrees.empty());
    }

    /**
     * Returns the rows for the documents that a reader sees.
     *
     * @param treeId id of the tree of the collection's records
     */
    public ViewRows rows(TreeView view, int treeId, FieldDictionary dictionary, ViewProgress progress) {
        if (view instanceof StateView state) {
            return new ViewRows(committed(state, treeId, dictionary, progress));
        }
        CountedTree<RecordPointer> records = view.records(treeId);
        ViewTrees trees = view instanceof ActiveTransaction transaction
                ? committed(new StateView(transaction.base()), treeId, dictionary, progress)
                : latest();
        return new ViewRows(trees.records() == records ? trees : update(trees, view, records, 0, dictionary, progress));
    }

    /**
     * Returns the rows of a committed state. If several threads need the same rows, one makes them, and the others
     * wait.
     */
    private ViewTrees committed(StateView view, int treeId, FieldDictionary dictionary, ViewProgress progress) {
        CountedTree<RecordPointer> records = view.records(treeId);
        long sequence = view.state().sequence();
        ViewTrees trees = latest();
        if (trees.records() == records) {
            return trees;
        }
        if (sequence < trees.sequence()) { // An old snapshot.
            return update(trees, view, records, sequence, dictionary, progress);
        }
        updating.lock();
        try {
            ViewTrees before = latest();
            trees = before;
            if (before.records() != records) {
                trees = update(before, view, records, sequence, dictionary, progress);
                if (sequence >= before.sequence()) {
                    latest.compareAndSet(before, trees); // Unless they have been dropped meanwhile.
                }
            }
            return trees;
        } finally {
            updating.unlock();
        }
    }

    private ViewTrees latest() {
        return Objects.requireNonNull(latest.get());
    }

    private ViewTrees update(
            ViewTrees from,
            TreeView view,
            CountedTree<RecordPointer> records,
            long sequence,
            FieldDictionary dictionary,
            ViewProgress progress) {
        return new ViewUpdate<>(from, function, codec, dictionary).to(view, records, sequence, progress);
    }
}
