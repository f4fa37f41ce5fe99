package org.storedb.internal.transaction;

import org.jspecify.annotations.Nullable;
import org.storedb.internal.index.CountedTree;
import org.storedb.internal.index.Presence;
import org.storedb.internal.index.TreeRange;
import org.storedb.internal.log.SegmentTable;

/**
 * The latest state for lookups of single keys: each lookup sees what is the latest then, recent puts included, without
 * putting anything into the trees. Whole trees are those of the latest state, as usual. For one thread, and one lookup:
 * a pointer that it returned must be read before the next one.
 */
public final class LatestView implements TreeView {

    private final LocalCommitPipeline pipeline;
    private final Source source;
    private StoreState indexed;
    private SegmentTable segments;

    /** Creates a view of the states of a source. */
    public LatestView(LocalCommitPipeline pipeline, Source source) {
        this.pipeline = pipeline;
        this.source = source;
        this.indexed = source.indexedState();
        this.segments = indexed.segments();
    }

    /** Returns the state with which the view began: it may lack recent puts. */
    public StoreState indexedState() {
        return indexed;
    }

    @Override
    public CountedTree<RecordPointer> records(int treeId) {
        return whole().records().get(treeId);
    }

    @Override
    public CountedTree<Presence> index(int treeId) {
        return whole().indexes().get(treeId);
    }

    private StoreState whole() {
        return use(source.state());
    }

    private StoreState use(StoreState state) {
        indexed = state;
        segments = state.segments();
        return state;
    }

    @Override
    public boolean isExpiring(int treeId) {
        return indexed.expiries().isExpiring(treeId);
    }

    @Override
    public @Nullable RecordPointer find(int treeId, byte[] key) {
        RecentPut recent = pipeline.findRecent(treeId, key);
        if (recent == null) {
            return use(source.indexedState()).records().get(treeId).get(key);
        }
        segments = recent.segments();
        return recent.pointer();
    }

    @Override
    public @Nullable StoredRecord read(int treeId, byte[] key) {
        RecentPut recent = pipeline.findRecent(treeId, key);
        return recent == null
                ? new StateView(source.indexedState()).read(treeId, key)
                : RecordReader.read(recent.segments(), key, recent.pointer());
    }

    @Override
    public byte @Nullable [] readValue(int treeId, byte[] key) {
        RecentPut recent = pipeline.findRecent(treeId, key);
        return recent == null
                ? new StateView(source.indexedState()).readValue(treeId, key)
                : RecordReader.readValue(recent.segments(), key, recent.pointer());
    }

    @Override
    public StoredRecord read(byte[] key, RecordPointer pointer) {
        return RecordReader.read(segments, key, pointer);
    }

    @Override
    public byte[] readValue(byte[] key, RecordPointer pointer) {
        return RecordReader.readValue(segments, key, pointer);
    }

    @Override
    public void noteKeyRead(int treeId, byte[] key) {}

    @Override
    public void noteRangeRead(int treeId, TreeRange range) {}

    /** Provides the states, without what has expired. */
    public interface Source {

        /** Returns the state after the last visible commit. */
        StoreState state();

        /** Returns the newest state whose trees are built: it lacks recent puts and nothing else. */
        StoreState indexedState();
    }
}
