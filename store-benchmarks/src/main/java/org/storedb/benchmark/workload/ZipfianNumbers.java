package org.storedb.benchmark.workload;

import java.util.SplittableRandom;

/**
 * Numbers from 0 to {@code count} - 1, smaller ones with higher frequency, with YCSB's constant 0.99, by the method of
 * Gray et al., "Quickly Generating Billion-Record Synthetic Databases".
 */
final class ZipfianNumbers {

    private static final double THETA = 0.99;
    private static final double ALPHA = 1 / (1 - THETA);

    private final long count;
    private final double zetaOfCount;
    private final double eta;

    ZipfianNumbers(long count) {
        this.count = count;
        this.zetaOfCount = zeta(count);
        this.eta = (1 - Math.pow(2.0 / count, 1 - THETA)) / (1 - zeta(2) / zetaOfCount);
    }

    private static double zeta(long count) {
        double sum = 0;
        for (long i = 1; i <= count; i++) {
            sum += 1 / Math.pow((double) i, THETA);
        }
        return sum;
    }

    /** Returns a number; 0 is the most frequent. */
    long next(SplittableRandom random) {
        double uniform = random.nextDouble();
        double scaled = uniform * zetaOfCount;
        if (scaled < 1) {
            return 0;
        }
        if (scaled < 1 + Math.pow(0.5, THETA)) {
            return 1;
        }
        return Math.min(count - 1, (long) (count * Math.pow(eta * uniform - eta + 1, ALPHA)));
    }

    /** Returns a number with the same frequencies, but with the frequent ones scattered over the whole range. */
    long nextScattered(SplittableRandom random) {
        return Long.remainderUnsigned(KeySet.mix(next(random) + 1), count);
    }
}
