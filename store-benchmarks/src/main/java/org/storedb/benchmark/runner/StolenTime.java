package org.storedb.benchmark.runner;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The processor time that the host of this virtual machine gave to others while it was wanted here, as reported by
 * Linux; on other systems it is always 0. For one thread.
 */
final class StolenTime {

    private static final Path STATISTICS = Path.of("/proc/stat");
    private static final int USER = 1;
    private static final int NICE = 2;
    private static final int SYSTEM = 3;
    private static final int STOLEN = 8;

    private long used;
    private long stolen;

    StolenTime() {
        share();
    }

    /**
     * Returns the share of the wanted processor time that was stolen since the last call, or since creation: 0 to 1.
     */
    double share() {
        long[] ticks = read();
        long usedNow = ticks[USER] + ticks[NICE] + ticks[SYSTEM];
        long stolenSince = Math.max(0, ticks[STOLEN] - stolen);
        long wanted = Math.max(0, usedNow - used) + stolenSince;
        used = usedNow;
        stolen = ticks[STOLEN];
        return wanted == 0 ? 0 : (double) stolenSince / wanted;
    }

    /** Returns the fields of the first line: a name, then times since the start of the machine. */
    private static long[] read() {
        long[] ticks = new long[STOLEN + 1];
        try (BufferedReader lines = Files.newBufferedReader(STATISTICS)) {
            String[] words = lines.readLine().split(" +", STOLEN + 2);
            for (int at = USER; at < Math.min(words.length, ticks.length); at++) {
                ticks[at] = Long.parseLong(words[at]);
            }
        } catch (IOException e) {
            return new long[STOLEN + 1]; // Not Linux.
        }
        return ticks;
    }
}
