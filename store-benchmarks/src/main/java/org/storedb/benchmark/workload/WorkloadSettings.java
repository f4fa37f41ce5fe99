package org.storedb.benchmark.workload;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import org.storedb.benchmark.engine.EngineKind;
import org.storedb.benchmark.engine.EngineSettings;

/**
 * What one process is to measure.
 *
 * @param directory where the engine's files are
 * @param entries entries to fill it with
 * @param warmUpSeconds how long a row is warmed up at the most
 * @param seconds how long each row is measured
 * @param fillSeconds how long single puts go on at the most before the rest is put in batches
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

    /** A write is more code than a read, and some of it, such as compaction, comes late. */
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
