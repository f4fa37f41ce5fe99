package org.storedb.internal.log;

import org.storedb.internal.bytes.ByteReader;
import org.storedb.internal.bytes.ByteWriter;

/**
 * Figures of some frames: those of a segment, or a single one. Immutable.
 *
 * <pre>
 * body of a footer: [ frames 4 ] [ puts 4 ] [ deletes 4 ] [ record bytes 8 ] [ oldest put 8 ] [ newest delete 8 ]
 *                   [ delete bytes 4 ]
 * </pre>
 *
 * @param frames number of frames, footers not counted
 * @param recordBytes bytes of the records that were put
 * @param oldestPut lowest sequence of a put; {@link Long#MAX_VALUE} if there is none
 * @param newestDelete highest sequence of a delete; 0 if there is none
 * @param deleteBytes approximate bytes of the deletes
 */
public record SegmentFigures(
        int frames, int puts, int deletes, long recordBytes, long oldestPut, long newestDelete, int deleteBytes) {

    /** Figures of no frames. */
    public static final SegmentFigures NONE = new SegmentFigures(0, 0, 0, 0, Long.MAX_VALUE, 0, 0);

    public static final int BYTES = 4 * Integer.BYTES + 3 * Long.BYTES;

    /** Reads what {@link #write} wrote. */
    public static SegmentFigures read(ByteReader source) {
        return new SegmentFigures(
                source.readInt(),
                source.readInt(),
                source.readInt(),
                source.readLong(),
                source.readLong(),
                source.readLong(),
                source.readInt());
    }

    /** Writes the figures in {@link #BYTES} bytes. */
    public void write(ByteWriter target) {
        target.putInt(frames).putInt(puts).putInt(deletes).putLong(recordBytes);
        target.putLong(oldestPut).putLong(newestDelete).putInt(deleteBytes);
    }

    /** Returns the figures of these frames and of others. */
    public SegmentFigures plus(SegmentFigures other) {
        return new SegmentFigures(
                frames + other.frames,
                puts + other.puts,
                deletes + other.deletes,
                recordBytes + other.recordBytes,
                Math.min(oldestPut, other.oldestPut),
                Math.max(newestDelete, other.newestDelete),
                deleteBytes + other.deleteBytes);
    }

    /** Counts the operations of one frame after another. For one thread. */
    public static final class Counter {

        /** Approximate bytes of a delete beyond its key. */
        private static final int DELETE_OVERHEAD_BYTES = 6;

        private int puts;
        private int deletes;
        private long recordBytes;
        private long oldestPut = Long.MAX_VALUE;
        private long newestDelete;
        private int deleteBytes;

        public void put(long sequence, int length) {
            puts++;
            recordBytes += length;
            oldestPut = Math.min(oldestPut, sequence);
        }

        public void delete(long sequence, int keyBytes) {
            deletes++;
            newestDelete = Math.max(newestDelete, sequence);
            deleteBytes += DELETE_OVERHEAD_BYTES + keyBytes;
        }

        /** Returns the figures of the frame that ends here. */
        public SegmentFigures frame() {
            SegmentFigures figures =
                    new SegmentFigures(1, puts, deletes, recordBytes, oldestPut, newestDelete, deleteBytes);
            reset();
            return figures;
        }

        /** Forgets what was counted. */
        public void reset() {
            puts = 0;
            deletes = 0;
            recordBytes = 0;
            oldestPut = Long.MAX_VALUE;
            newestDelete = 0;
            deleteBytes = 0;
        }
    }
}
