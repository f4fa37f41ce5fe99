package org.storedb.internal.transaction;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;
import org.storedb.internal.log.Segment;

/**
 * Makes tables of hints in the background, for trees that keys are looked up in and that are large enough to gain by one, and
 * larger or smaller ones when a tree has grown or shrunk: with room for what is to come while a tree grows fast, without
 * when it has settled. Commits wait only for moments. Trees whose records expire, and an encrypted log, have no hints. Safe
 * for use by many threads.
 */
public final class HintService {

    /** How often to look for what is worth while. */
    public static final Duration PAUSE = Duration.ofMillis(500);

    private static final double FILL = 0.7;
    private static final double FILL_MAX = 0.95;
    private static final double FILL_LEAST = 0.2;
    private static final double FILL_LEAST_SETTLED = 0.65;
    /** A larger table that is not larger by this is not worth its making. */
    private static final double GROWTH_LEAST = 1.2;

    /** With more entries to a slot, most look-ups would be in vain, and only take time. */
    private static final int UNCOVERED_MAX = 3;

    private final LocalCommitPipeline pipeline;
    private final RecordHints hints;
    private final Executor background;
    private final Limits limits;
    private final Map<Integer, TreeGrowth> growths = new HashMap<>(); // For whoever is running, or sees that nobody is.
    private volatile boolean closed;
    private boolean looked;
    private boolean running;

    public HintService(LocalCommitPipeline pipeline, Executor background, Limits limits) {
        this.pipeline = pipeline;
        this.hints = pipeline.hints();
        this.background = background;
        this.limits = limits;
    }

    /** Lets a running build stop soon, and starts no other. */
    public void close() {
        closed = true;
    }

    /** Begins to make tables in the background, if some tree needs another one; to be called after each {@link #PAUSE}. */
    public synchronized void startIfWorthwhile() {
        if (closed || running) {
            return;
        }
        StoreState state = pipeline.indexedState();
        look(state);
        if (nextTree(state) >= 0) {
            background.execute(this::run);
            running = true; // It cannot have ended: for that it needs the lock.
        }
    }

    private void look(StoreState state) {
        for (int treeId = 0; treeId < state.records().length(); treeId++) {
            long size = entries(treeId, state);
            long sizeBefore = looked ? 0 : size; // What the store was opened with has not grown in a moment.
            growths.computeIfAbsent(treeId, id -> new TreeGrowth(sizeBefore)).look(size);
        }
        looked = true;
    }

    private void run() {
        try {
            int treeId = nextTree(pipeline.indexedState());
            while (treeId >= 0) {
                renew(treeId);
                treeId = nextTree(pipeline.indexedState());
            }
        } catch (RuntimeException | Error e) { // Most likely for want of memory.
            close();
            whileUnchanged(hints::abandon);
            System.getLogger(HintService.class.getName())
                    .log(System.Logger.Level.WARNING, "No more hints are made; reads will be slower", e);
        } finally {
            synchronized (this) {
                running = false;
            }
        }
    }

    /** A tree that needs another table, or -1. */
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

    /** Where records expire, hints would be forgotten again and again. */
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

    /** As many as a tree should have, or there is memory for; 0 if a table is not worth while. */
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

    /** That of a tree that has not been looked at yet: none. */
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
     * What may be spent on hints.
     *
     * @param entriesLeast a smaller tree gets none: it is in the processor's caches
     * @param bytesMax most bytes of all tables, not counting one that is being replaced by a larger one
     */
    public record Limits(long entriesLeast, long bytesMax) {

        private static final int ENTRIES_LEAST = 10_000;
        private static final int HEAP_SHARE = 8;

        /** What suits this JVM: at most an eighth of its heap. */
        public static Limits ofJvm() {
            return new Limits(ENTRIES_LEAST, Runtime.getRuntime().maxMemory() / HEAP_SHARE);
        }
    }
}
