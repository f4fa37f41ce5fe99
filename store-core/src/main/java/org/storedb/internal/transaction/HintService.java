package org.storedb.internal.transaction;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;
import org.storedb.internal.log.Segment;

/**
 * Builds tables of hints in the background, for trees that are searched for keys and are large enough to gain from one,
 * and replaces them by larger or smaller ones when a tree has grown or shrunk: with spare room while a tree grows fast,
 * without when it has settled. Commits are blocked only briefly. Trees whose records expire, and an encrypted log, have
 * no hints. Safe for use by many threads.
 */
public final class HintService {

    /** How often to look for trees that need a table. */
    public static final Duration PAUSE = Duration.ofMillis(500);

    private static final double FILL = 0.7;
    private static final double FILL_MAX = 0.95;
    private static final double FILL_LEAST = 0.2;
    private static final double FILL_LEAST_SETTLED = 0.65;
    /** A larger table is not worth building unless it is larger by this factor. */
    private static final double GROWTH_LEAST = 1.2;

    /** With more entries per slot, most lookups would fail, and only take time. */
    private static final int UNCOVERED_MAX = 3;

    private final LocalCommitPipeline pipeline;
    private final RecordHints hints;
    private final Executor background;
    private final Limits limits;
    private final SingleRun build = new SingleRun(this::build);
    private final Map<Integer, TreeGrowth> growths = new HashMap<>(); // For the running thread, or while none runs.
    private volatile boolean closed;
    private boolean looked;

    public HintService(LocalCommitPipeline pipeline, Executor background, Limits limits) {
        this.pipeline = pipeline;
        this.hints = pipeline.hints();
        this.background = background;
        this.limits = limits;
    }

    /** Makes a running build stop soon, and starts no other. */
    public void close() {
        closed = true;
    }

    /**
     * Begins to build tables in the background, if some tree needs another one; to be called after each {@link #PAUSE}.
     */
    public synchronized void startIfWorthwhile() {
        if (closed || build.isRunning()) {
            return;
        }
        StoreState state = pipeline.indexedState();
        look(state);
        if (nextTree(state) >= 0) {
            build.startIn(background);
        }
    }

    private void look(StoreState state) {
        for (int treeId = 0; treeId < state.records().length(); treeId++) {
            long size = entries(treeId, state);
            long sizeBefore = looked ? 0 : size; // What the store was opened with is not growth.
            growths.computeIfAbsent(treeId, id -> new TreeGrowth(sizeBefore)).look(size);
        }
        looked = true;
    }

    private void build() {
        try {
            int treeId = nextTree(pipeline.indexedState());
            while (treeId >= 0) {
                renew(treeId);
                treeId = nextTree(pipeline.indexedState());
            }
        } catch (RuntimeException | Error e) { // Most likely for lack of memory.
            close();
            whileUnchanged(hints::abandon);
            System.getLogger(HintService.class.getName())
                    .log(System.Logger.Level.WARNING, "Hints are no longer created; reads will be slower", e);
        }
    }

    /** Returns a tree that needs another table, or -1. */
    private int nextTree(StoreState state) {
        if (closed || isEncrypted(state)) {
            return -1;
        }
        int length = Math.max(state.records().length(), hints.length());
        for (int treeId = 0; treeId < length; treeId++) {
            if (needsOther(treeId, entries(treeId, state))) {
                return treeId;
            }
        }
        return -1;
    }

    /**
     * Returns the entries to count for a tree: none where records expire, since hints would be forgotten again and
     * again.
     */
    private static long entries(int treeId, StoreState state) {
        boolean expiring = state.expiries().isExpiring(treeId)
                || !state.expiries().expired().get(treeId).isEmpty();
        return expiring ? 0 : state.records().get(treeId).size();
    }

    private static boolean isEncrypted(StoreState state) {
        List<Segment> segments = state.segments().all();
        return segments.get(segments.size() - 1).cipher().isEncrypting();
    }

    private boolean needsOther(int treeId, long size) {
        HintTable table = hints.table(treeId);
        long wanted = wantedSlots(treeId, size);
        if (table == null || wanted == 0) {
            return table == null ? wanted > 0 && hints.isAsked(treeId) : wanted == 0;
        }
        long slots = table.slots();
        boolean settled = growth(treeId, size).isSettled();
        return (size > FILL_MAX * slots && wanted > GROWTH_LEAST * slots && hints.isAsked(treeId))
                || (size < (settled ? FILL_LEAST_SETTLED : FILL_LEAST) * slots && wanted < slots);
    }

    /** Returns how many slots a tree should have, or there is memory for; 0 if a table is not worthwhile. */
    private long wantedSlots(int treeId, long size) {
        if (size < limits.entriesLeast()) {
            return 0;
        }
        HintTable table = hints.table(treeId);
        long others = hints.slots() - (table == null ? 0 : table.slots());
        long left = limits.bytesMax() / HintTable.BYTES_PER_SLOT - others;
        long ahead = growth(treeId, size).expectedSize(size);
        long wanted = Math.min(Math.max(HintTable.WINDOW, Math.max((long) (size / FILL), ahead)), left);
        return wanted < size / UNCOVERED_MAX ? 0 : wanted;
    }

    /** Returns the growth of a tree; none if it has not been looked at yet. */
    private TreeGrowth growth(int treeId, long size) {
        return growths.getOrDefault(treeId, new TreeGrowth(size));
    }

    private void renew(int treeId) {
        long slots = wantedSlots(treeId, entries(treeId, pipeline.indexedState()));
        if (slots == 0) {
            whileUnchanged(() -> hints.drop(treeId));
            return;
        }
        HintTable table = new HintTable(slots);
        HintBuild build = pipeline.whileUnchanged(state -> hints.begin(treeId, table));
        HintBuild.Turn turn = pipeline.whileUnchanged(state -> hints.nextTurn(build, state));
        while (turn != null && !closed) {
            build.run(turn);
            turn = pipeline.whileUnchanged(state -> hints.nextTurn(build, state));
        }
        whileUnchanged(hints::abandon);
    }

    private void whileUnchanged(Runnable action) {
        pipeline.whileUnchanged(state -> {
            action.run();
            return true;
        });
    }

    /**
     * The limits of what is spent on hints.
     *
     * @param entriesLeast a smaller tree gets none: it is in the processor's caches
     * @param bytesMax maximum bytes of all tables, not counting one that is being replaced by a larger one
     */
    public record Limits(long entriesLeast, long bytesMax) {

        private static final int ENTRIES_LEAST = 10_000;
        private static final int HEAP_SHARE = 8;

        /** Returns limits that suit this JVM: at most an eighth of its heap. */
        public static Limits ofJvm() {
            return new Limits(ENTRIES_LEAST, Runtime.getRuntime().maxMemory() / HEAP_SHARE);
        }
    }
}
