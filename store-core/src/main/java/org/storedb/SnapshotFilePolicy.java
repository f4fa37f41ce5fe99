package org.storedb;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import org.storedb.internal.io.FileSystemDirectory;
import org.storedb.storage.StorageDirectory;

/**
 * Snapshot files that an open store writes by itself, whenever an interval is over and there is something new. Each is named
 * for its time, {@code snapshot-20261121T093000000Z.snapshot}, and the oldest are deleted. One that fails is reported to the
 * log, and tried again after the interval. Immutable; each {@code with} method returns a changed copy.
 */
public final class SnapshotFilePolicy {

    private final Target target;
    private final Duration interval;
    private final int keep;
    private final SnapshotFileFormat format;

    private SnapshotFilePolicy(Target target, Duration interval, int keep, SnapshotFileFormat format) {
        this.target = target;
        this.interval = interval;
        this.keep = keep;
        this.format = format;
    }

    /**
     * A compact file each day, of which seven are kept.
     *
     * @param directory for the files of one store alone; created if there is none
     */
    public static SnapshotFilePolicy in(Path directory) {
        return of(new Target(directory.toString(), () -> FileSystemDirectory.open(directory), true));
    }

    /**
     * A compact file each day, of which seven are kept.
     *
     * @param directory for the files of one store alone; held by the caller, who also closes it, after the store
     */
    public static SnapshotFilePolicy in(StorageDirectory directory) {
        return of(new Target(directory.description(), () -> directory, false));
    }

    private static SnapshotFilePolicy of(Target target) {
        return new SnapshotFilePolicy(target, Duration.ofDays(1), 7, SnapshotFileFormat.BINARY);
    }

    /** Time between two files, at least 1 second; the first one is written when it is over for the first time. */
    public SnapshotFilePolicy withInterval(Duration newInterval) {
        if (newInterval.compareTo(Duration.ofSeconds(1)) < 0) {
            throw new IllegalArgumentException("interval must be at least 1 second, not " + newInterval);
        }
        return new SnapshotFilePolicy(target, newInterval, keep, format);
    }

    /** How many files are kept, 1 or more. */
    public SnapshotFilePolicy withKeep(int newKeep) {
        if (newKeep < 1) {
            throw new IllegalArgumentException("keep must be 1 or more, not " + newKeep);
        }
        return new SnapshotFilePolicy(target, interval, newKeep, format);
    }

    /** In which form they are written. */
    public SnapshotFilePolicy withFormat(SnapshotFileFormat newFormat) {
        return new SnapshotFilePolicy(target, interval, keep, newFormat);
    }

    Target target() {
        return target;
    }

    public Duration interval() {
        return interval;
    }

    public int keep() {
        return keep;
    }

    public SnapshotFileFormat format() {
        return format;
    }

    /** Where the files are. */
    record Target(String description, Opener opener, boolean closes) {}

    /** Takes the directory. */
    @FunctionalInterface
    interface Opener {
        StorageDirectory open() throws IOException;
    }
}
