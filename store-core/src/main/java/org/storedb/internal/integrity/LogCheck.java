package org.storedb.internal.integrity;

import java.io.IOException;
import java.util.BitSet;
import java.util.HashMap;
import java.util.Map;
import org.storedb.error.CorruptStoreException;
import org.storedb.internal.document.KeyNames;
import org.storedb.internal.index.CountedTree;
import org.storedb.internal.io.ProgressMeter;
import org.storedb.internal.log.Frame;
import org.storedb.internal.log.FrameKind;
import org.storedb.internal.log.LogCut;
import org.storedb.internal.log.OperationFormat;
import org.storedb.internal.log.SegmentScanner;
import org.storedb.internal.transaction.RecordPointer;
import org.storedb.internal.transaction.StoreState;
import org.storedb.maintenance.StoreProblem.Kind;

/**
 * Reads the whole log and compares each operation with the index, which must have the newest operation on each key, and
 * nothing else. Needs no second index: one bit for each current record shows which ones are in the log, and only keys
 * that are absent from the index are remembered.
 */
final class LogCheck {

    private final LogCut cut;
    private final StoreState state;
    private final KeyNames names;
    private final Problems problems;
    private final ProgressMeter meter;
    private final boolean endIsKnown;
    private final Map<Integer, BitSet> found = new HashMap<>();
    private final AbsentKeys absent = new AbsentKeys();
    private long frames;

    /**
     * Creates a check.
     *
     * @param endIsKnown whether the log ends with the last commit of the state; after a failed write there may be more
     */
    LogCheck(LogCut cut, StoreState state, KeyNames names, Problems problems, ProgressMeter meter, boolean endIsKnown) {
        this.cut = cut;
        this.state = state;
        this.names = names;
        this.problems = problems;
        this.meter = meter;
        this.endIsKnown = endIsKnown;
    }

    void run() {
        meter.begin("reading the log", cut.bytes());
        cut.parts().forEach(this::read);
        if (!problems.isLogDamaged()) { // Otherwise the delete may be in the part that could not be read.
            absent.forEachNotDeleted((treeId, key, newest) -> missing(
                    treeId, key, newest.segment(), newest.offset(), "the log has it with sequence " + newest.put()));
        }
    }

    long frames() {
        return frames;
    }

    /** Returns whether the log has the record of this rank in a tree at the location that the index states. */
    boolean hasFound(int treeId, long rank) {
        BitSet bits = found.get(treeId);
        return bits != null && bits.get(Math.toIntExact(rank));
    }

    private void read(LogCut.Part part) {
        String file = part.segment().fileName();
        int id = part.segment().id();
        try {
            SegmentScanner scanner = part.scanner(cut.storeId());
            long[] lastSequence = {0};
            meter.advance(scanner.validBytes());
            scanner.scanTo(part.bytes(), frame -> check(part, frame, lastSequence));
            while (scanner.validBytes() < part.bytes()) {
                SegmentScanner.Gap gap = scanner.skipDamage();
                problems.addDamage(Kind.DAMAGED_FILE, id, file, gap.from(), gap.describe(file));
                meter.advance(gap.to() - gap.from());
                scanner.scanTo(part.bytes(), frame -> check(part, frame, lastSequence));
            }
            boolean wrongEnd = scanner.lastFrameChecksum() != part.lastFrameChecksum();
            if (wrongEnd && !problems.isDamaged(id) && (part.sealed() || endIsKnown)) {
                problems.addDamage(Kind.DAMAGED_FILE, id, file, 0, file + " is not the file that the manifest names");
            }
        } catch (CorruptStoreException e) {
            problems.addDamage(Kind.DAMAGED_FILE, id, file, e.offset(), String.valueOf(e.getMessage()));
        } catch (IOException e) {
            problems.addDamage(Kind.UNREADABLE_FILE, id, file, -1, "Cannot read " + file + ": " + e.getMessage());
        }
    }

    private void check(LogCut.Part part, Frame frame, long[] lastSequence) {
        frames++;
        meter.advance(frame.bytes());
        if (frame.sequence() > state.sequence()) {
            if (endIsKnown) {
                problems.addDamage(
                        Kind.DAMAGED_FILE,
                        part.segment().id(),
                        part.segment().fileName(),
                        frame.offset(),
                        "A frame has sequence " + frame.sequence() + ", the last commit was " + state.sequence());
            }
            return;
        }
        if (frame.kind() == FrameKind.COMMIT) {
            if (frame.sequence() <= lastSequence[0]) {
                problems.addDamage(
                        Kind.DAMAGED_FILE,
                        part.segment().id(),
                        part.segment().fileName(),
                        frame.offset(),
                        "Commit " + frame.sequence() + " follows commit " + lastSequence[0]);
            }
            lastSequence[0] = frame.sequence();
        }
        OperationFormat.forEach(frame, new Operations(part.segment().id()));
    }

    private void missing(int treeId, byte[] key, int segment, int offset, String why) {
        KeyNames.Name name = names.of(treeId, key);
        problems.add(
                Kind.MISSING_RECORD, fileName(segment), offset, name, "The index does not have " + name + ": " + why);
    }

    private String fileName(int segmentId) {
        return cut.parts().stream()
                .filter(part -> part.segment().id() == segmentId)
                .map(part -> part.segment().fileName())
                .findFirst()
                .orElse("segment " + segmentId);
    }

    /** Compares the operations of one frame with the index. */
    private final class Operations implements OperationFormat.OperationConsumer {

        private final int segment;

        Operations(int segment) {
            this.segment = segment;
        }

        @Override
        public void put(int treeId, long sequence, byte[] key, int recordOffset, int recordLength) {
            CountedTree<RecordPointer> tree = state.records().get(treeId);
            RecordPointer current = tree.get(key);
            if (current == null) {
                absent.put(treeId, key, sequence, segment, recordOffset);
            } else if (current.sequence() < sequence) {
                KeyNames.Name name = names.of(treeId, key);
                problems.add(
                        Kind.STALE_RECORD,
                        fileName(segment),
                        recordOffset,
                        name,
                        "The index has " + name + " with sequence " + current.sequence() + ", the log has " + sequence);
            } else if (current.equals(new RecordPointer(segment, recordOffset, recordLength, sequence))) {
                found.computeIfAbsent(treeId, id -> new BitSet(Math.toIntExact(tree.size())))
                        .set(Math.toIntExact(tree.rank(key)));
            }
        }

        @Override
        public void delete(int treeId, long sequence, byte[] key) {
            RecordPointer current = state.records().get(treeId).get(key);
            if (current == null) {
                absent.delete(treeId, key, sequence);
            } else if (current.sequence() <= sequence) {
                KeyNames.Name name = names.of(treeId, key);
                problems.add(
                        Kind.EXTRA_RECORD,
                        fileName(segment),
                        -1,
                        name,
                        "The index has " + name + " with sequence " + current.sequence()
                                + ", but the log deletes it with " + sequence);
            }
        }
    }
}
