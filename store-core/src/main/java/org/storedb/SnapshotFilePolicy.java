package org.storedb;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import org.storedb.internal.io.FileSystemDirectory;
import org.storedb.storage.StorageDirectory;

/**
 * When an open store writes snapshot files in the background: whenever an interval has passed and something has been
 * committed since the newest file. Each is named after its time, {@code snapshot-20261121T093000000Z.snapshot}, and the
 * oldest are deleted. A failure is logged, and the file is tried again after the interval. Immutable; each {@code with}
 * method returns a changed copy.
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
     * Returns a policy that writes a file in the compact format each day and keeps seven.
     *
     * @param directory only for the files of one store; created if it does not exist
     */
    public static SnapshotFilePolicy in(Path directory) {
        return of(new Target(directory.toString(), () -> FileSystemDirectory.open(directory), true));
    }

    /**
     * Returns a policy that writes a file in the compact format each day and keeps seven.
     *
     * @param directory only for the files of one store; held by the caller, who also closes it, after the store
     */
    public static SnapshotFilePolicy in(StorageDirectory directory) {
        return of(new Target(directory.description(), () -> directory, false));
    }

    private static SnapshotFilePolicy of(Target target) {
        return new SnapshotFilePolicy(target, Duration.ofDays(1), 7, SnapshotFileFormat.BINARY);
    }

    /**
     * Sets the time between two files, at least 1 second; the first one is written once it has passed for the first
     * time.
     */
    public SnapshotFilePolicy withInterval(Duration newInterval) {
        if (newInterval.compareTo(Duration.ofSeconds(1)) < 0) {
            throw new IllegalArgumentException("interval must be at least 1 second, not " + newInterval);
        }
        return new SnapshotFilePolicy(target, newInterval, keep, format);
    }

    /** Sets how many files are kept, 1 or more. */
    public SnapshotFilePolicy withKeep(int newKeep) {
        if (newKeep < 1) {
            throw new IllegalArgumentException("keep must be 1 or more, not " + newKeep);
        }
        return new SnapshotFilePolicy(target, interval, newKeep, format);
    }

    /** Sets the format in which they are written. */
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

    /** Opens the directory. */
    @FunctionalInterface
    interface Opener {
        StorageDirectory open() throws IOException;
    }
}
