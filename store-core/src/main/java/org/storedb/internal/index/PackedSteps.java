package org.storedb.internal.index;

import org.storedb.internal.bytes.ByteReader;
import org.storedb.internal.bytes.ByteWriter;
import org.storedb.internal.bytes.PackedLongs;

/** Writes ascending numbers: the first one, then the steps from each to the next. */
final class PackedSteps {

    private PackedSteps() {}

    static void write(ByteWriter target, long[] rising, int count) {
        target.putLong(rising[0]);
        long[] steps = new long[count - 1];
        for (int i = 1; i < count; i++) {
            steps[i - 1] = rising[i] - rising[i - 1];
        }
        PackedLongs.write(target, steps, steps.length);
    }

    /** Reads {@code count} numbers, at least one, without checking whether they ascend. */
    static long[] read(ByteReader source, int count) {
        long[] rising = new long[count];
        rising[0] = source.readLong();
        long[] steps = new long[count - 1];
        PackedLongs.read(source, steps, steps.length);
        for (int i = 1; i < count; i++) {
            rising[i] = rising[i - 1] + steps[i - 1];
        }
        return rising;
    }
}
