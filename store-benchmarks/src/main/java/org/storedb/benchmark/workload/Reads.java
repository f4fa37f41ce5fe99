package org.storedb.benchmark.workload;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.storedb.benchmark.engine.Engine;

/** The read operations, over keys drawn from the whole set. */
final class Reads {

    private static final int SEEK_ENTRIES = 100;
    private static final byte[] FIRST_KEY = {0};

    private final Engine engine;
    private final long entries;

    Reads(Engine engine, long entries) {
        this.engine = engine;
        this.entries = entries;
    }

    long getExisting(SplittableRandom random) {
        return getExisting(random.nextLong(entries));
    }

    long getExisting(long number) {
        byte[] value = engine.get(KeySet.key(number));
        if (value == null) {
            throw new IllegalStateException("Key number " + number + " is missing");
        }
        return value[0];
    }

    long getAbsent(SplittableRandom random) {
        long number = Long.MAX_VALUE - random.nextLong(entries);
        if (engine.get(KeySet.key(number)) != null) {
            throw new IllegalStateException("Key number " + number + " was never put");
        }
        return number;
    }

    long seek(SplittableRandom random) {
        return scan(KeySet.key(random.nextLong(entries)), SEEK_ENTRIES);
    }

    long scan(byte[] from, long limit) {
        long[] sum = new long[1];
        engine.scan(from, limit, (key, value) -> sum[0] += key[0] + value[0]);
        return sum[0];
    }

    /** Counts a range with a random start that holds a tenth of the keys, which are uniformly distributed. */
    long countTenth(SplittableRandom random) {
        byte[] from = KeySet.key(random.nextLong());
        from[0] = (byte) random.nextInt(230);
        byte[] to = plusTenth(from);
        return engine.count(from, to);
    }

    /** Reads all entries in order. */
    void scanAll() {
        long[] sum = new long[2];
        engine.scan(FIRST_KEY, Long.MAX_VALUE, (key, value) -> {
            sum[0] += key[0] + value[0];
            sum[1]++;
        });
        if (sum[1] < entries) {
            throw new IllegalStateException("A full scan found " + sum[1] + " of " + entries + " entries");
        }
        Rates.consume(sum[0]);
    }

    private static byte[] plusTenth(byte[] from) {
        BigInteger tenth = BigInteger.ONE.shiftLeft(8 * KeySet.KEY_BYTES).divide(BigInteger.TEN);
        byte[] sum = new BigInteger(1, from).add(tenth).toByteArray();
        byte[] to = new byte[KeySet.KEY_BYTES];
        int length = Math.min(sum.length, to.length);
        System.arraycopy(sum, sum.length - length, to, to.length - length, length);
        return Arrays.compareUnsigned(from, to) < 0 ? to : from;
    }
}
