package org.storedb.internal.salvage;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.storedb.error.StoreException;
import org.storedb.internal.bytes.MalformedBytesException;
import org.storedb.internal.io.ProgressMeter;
import org.storedb.internal.log.DamagedLog;
import org.storedb.internal.log.Frame;
import org.storedb.internal.log.FrameKind;
import org.storedb.internal.log.OperationFormat;
import org.storedb.internal.log.Segment;
import org.storedb.internal.log.SegmentScanner;
import org.storedb.internal.log.SegmentTable;
import org.storedb.internal.transaction.RecordPointer;
import org.storedb.internal.transaction.RecordReader;
import org.storedb.maintenance.SalvageReport.Damage;

/**
 * Reads a damaged log, past all damage, and keeps the newest operation on each key.
 *
 * <p>A frame that matches its checksum is used as a whole. If the header of a frame is intact but the body is not, puts
 * are used whose record matches its own checksum, provided that this explains the damage: if all match, the damage is
 * in what they do not cover (what a record belongs to), and nothing of the frame is used. Deletes of such a frame are
 * not used either.
 */
final class LogHarvest {

    private final DamagedLog log;
    private final SegmentTable segments;
    private final ProgressMeter meter;
    private final NewestOperations newest = new NewestOperations();
    private final LostSequences lost = new LostSequences();
    private final List<Damage> damages = new ArrayList<>();
    private final List<KeyHit> hits = new ArrayList<>();

    LogHarvest(DamagedLog log, ProgressMeter meter) {
        this.log = log;
        this.segments = log.segments();
        this.meter = meter;
    }

    void run() {
        meter.begin("reading the damaged log", segments.bytes());
        for (DamagedLog.Part part : log.parts()) {
            lost.beginSegment();
            Segment segment = part.segment();
            if (segment == null) {
                damages.add(new Damage(part.fileName(), 0, -1, "The file " + part.fileName() + " is missing"));
                lost.gap(null);
            } else {
                part.read(new PartReader(segment));
            }
        }
    }

    NewestOperations newest() {
        return newest;
    }

    LostSequences lost() {
        return lost;
    }

    List<Damage> damages() {
        return damages;
    }

    /** Returns keys in damaged frames. */
    List<KeyHit> hits() {
        return hits;
    }

    /**
     * A key in a damaged frame.
     *
     * @param taken whether its record could be used
     */
    @SuppressWarnings("ArrayRecordComponent") // Never compared.
    record KeyHit(int treeId, byte[] key, long sequence, boolean taken) {}

    /** Reads the contents of one segment. */
    private final class PartReader implements DamagedLog.Reader {

        private final Segment segment;

        PartReader(Segment segment) {
            this.segment = segment;
        }

        @Override
        public void header(SegmentScanner.Gap gap) {
            damages.add(new Damage(
                    segment.fileName(), gap.from(), gap.to(), "The header of " + segment.fileName() + " is damaged"));
        }

        @Override
        public void frame(Frame frame) {
            meter.advance(frame.bodyBytes());
            List<Runnable> operations = new ArrayList<>(); // None takes effect unless all can be read.
            try {
                OperationFormat.forEach(frame, new OperationFormat.OperationConsumer() {
                    @Override
                    public void put(int treeId, long sequence, byte[] key, int recordOffset, int recordLength) {
                        RecordPointer pointer = new RecordPointer(segment.id(), recordOffset, recordLength, sequence);
                        operations.add(() -> newest.put(treeId, key, pointer));
                    }

                    @Override
                    public void delete(int treeId, long sequence, byte[] key) {
                        operations.add(() -> newest.delete(treeId, key, sequence));
                    }
                });
            } catch (MalformedBytesException e) {
                gap(new SegmentScanner.Gap(frame.offset(), frame.offset() + frame.bytes(), frame));
                return;
            }
            lost.found(frame);
            operations.forEach(Runnable::run);
        }

        @Override
        public void gap(SegmentScanner.Gap gap) {
            String file = segment.fileName();
            damages.add(new Damage(file, gap.from(), gap.to(), gap.describe(file)));
            Frame frame = gap.frame();
            if (frame == null || frame.kind() != FrameKind.FOOTER) { // A footer only repeats what is before it.
                lost.gap(frame);
                if (frame != null) {
                    takeVerified(frame);
                }
            }
        }

        @Override
        public void unreadable(int from, IOException cause) {
            damages.add(
                    new Damage(segment.fileName(), from, segment.bytes(), "It cannot be read: " + cause.getMessage()));
            lost.gap(null);
        }

        private void takeVerified(Frame frame) {
            List<KeyHit> found = new ArrayList<>();
            List<RecordPointer> pointers = new ArrayList<>();
            boolean[] explained = {false};
            try {
                OperationFormat.forEach(frame, new OperationFormat.OperationConsumer() {
                    @Override
                    public void put(int treeId, long sequence, byte[] key, int recordOffset, int recordLength) {
                        RecordPointer pointer = new RecordPointer(segment.id(), recordOffset, recordLength, sequence);
                        boolean readable = isReadable(key, pointer);
                        explained[0] |= !readable;
                        found.add(new KeyHit(treeId, key, sequence, readable));
                        pointers.add(pointer);
                    }

                    @Override
                    public void delete(int treeId, long sequence, byte[] key) {}
                });
            } catch (MalformedBytesException | StoreException e) {
                explained[0] = true;
            }
            for (int i = 0; i < found.size(); i++) {
                KeyHit hit = found.get(i);
                boolean taken = hit.taken() && explained[0] && hit.sequence() <= frame.sequence();
                if (taken) {
                    newest.put(hit.treeId(), hit.key(), pointers.get(i));
                }
                hits.add(new KeyHit(hit.treeId(), hit.key(), hit.sequence(), taken));
            }
        }

        private boolean isReadable(byte[] key, RecordPointer pointer) {
            try {
                RecordReader.readVerified(segments, key, pointer);
                return true;
            } catch (StoreException e) {
                return false;
            }
        }
    }
}
