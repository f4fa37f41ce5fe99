package org.storedb.benchmark.workload;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import org.storedb.benchmark.engine.EngineKind;
import org.storedb.benchmark.engine.EngineSettings;

/**
 * The measurements of one process.
 *
 * @param directory the directory of the engine's files
 * @param entries the number of entries to fill it with
 * @param warmUpSeconds the maximum time to warm up a row
 * @param seconds the time to measure each row
 * @param fillSeconds the maximum time for single puts before the rest is put in batches
 */
public record WorkloadSettings(
        EngineKind engine,
        Path directory,
        long entries,
        double warmUpSeconds,
        double seconds,
        double fillSeconds,
        Set<Row> rows) {

    private static final double WARM_UP_SHARE = 0.4;

    private static final double WARM_UP_SECONDS_LEAST = 2;

    private static final double WARM_UP_SECONDS_OF_WRITES = 10;

    WarmUp warmUp() {
        return warmUp(WARM_UP_SECONDS_LEAST);
    }

    /** Returns a warm-up for writes, which run more code than reads, some of it late, such as compaction. */
    WarmUp warmUpOfWrites() {
        return warmUp(WARM_UP_SECONDS_OF_WRITES);
    }

    private WarmUp warmUp(double secondsLeast) {
        return new WarmUp(Math.max(secondsLeast, WARM_UP_SHARE * seconds), warmUpSeconds);
    }

    Duration time() {
        return Duration.ofNanos((long) (seconds * 1e9));
    }

    EngineSettings engineSettings(Path at, boolean durable) {
        return new EngineSettings(at, durable, 4 * entries);
    }

    boolean wants(Row row) {
        return rows.contains(row) && row.fits(engine);
    }
}
