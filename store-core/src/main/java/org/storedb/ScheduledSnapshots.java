package org.storedb;

import java.io.IOException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.storedb.error.OperationCancelledException;
import org.storedb.error.SnapshotFileException;
import org.storedb.error.UnsupportedFormatException;
import org.storedb.internal.transaction.SingleRun;
import org.storedb.internal.transaction.StateView;
import org.storedb.maintenance.OperationMonitor;
import org.storedb.storage.StorageDirectory;

/** Writes snapshot files of an open store as its {@link SnapshotFilePolicy} says. Safe for use by many threads. */
final class ScheduledSnapshots {

    private static final Pattern NAME = Pattern.compile("snapshot-(\\d{8}T\\d{9}Z)\\.(snapshot|jsonl)(\\.new)?");
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmssSSS'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);
    private static final String UNFINISHED = ".new";
    private static final long NOTHING_YET = -1;

    private final StoreEngine engine;
    private final SnapshotFilePolicy policy;
    private final long openedSequence;
    private final SingleRun writing = new SingleRun(this::writeInBackground);
    private volatile long writtenSequence = NOTHING_YET;

    /**
     * Creates a schedule.
     *
     * @param openedSequence the last commit when the store was opened
     */
    ScheduledSnapshots(StoreEngine engine, SnapshotFilePolicy policy, long openedSequence) {
        this.engine = engine;
        this.policy = policy;
        this.openedSequence = openedSequence;
    }

    void start() {
        engine.environment().tasks().repeat(policy.interval(), this::startOne);
    }

    private void startOne() {
        if (engine.isOpen() && engine.state().sequence() != writtenSequence) {
            writing.startIn(engine.environment().tasks()::execute);
        }
    }

    private void writeInBackground() {
        try {
            writeOne();
        } catch (OperationCancelledException e) {
            logger().log(
                            System.Logger.Level.DEBUG,
                            "A snapshot file was not finished because the store is being closed",
                            e);
        } catch (IOException | RuntimeException | Error e) { // Even on lack of memory: the file is only a copy.
            logger().log(
                            System.Logger.Level.WARNING,
                            "Cannot write a snapshot file to "
                                    + policy.target().description()
                                    + "; existing ones are kept, and the next attempt is in " + policy.interval(),
                            e);
        }
    }

    private void writeOne() throws IOException {
        StorageDirectory directory = policy.target().opener().open();
        try {
            StateView view = new StateView(engine.state());
            long sequence = view.state().sequence();
            boolean mayBeWritten = writtenSequence == NOTHING_YET && sequence == openedSequence;
            if (!mayBeWritten || !isInNewestFile(sequence, directory)) {
                file(directory, nextName(directory)).withFormat(policy.format()).write(engine, view);
                deleteOld(directory);
            }
            writtenSequence = sequence;
        } finally {
            if (policy.target().closes()) {
                directory.close();
            }
        }
    }

    /**
     * Returns whether nothing has been committed since an earlier run of the program wrote the newest file. Only the
     * store as it was opened can be compared: later, the same sequence may be that of another commit than in a run
     * that began with other contents, such as with none in memory.
     */
    private boolean isInNewestFile(long sequence, StorageDirectory directory) throws IOException {
        Optional<String> newest = newestFirst(directory)
                .filter(name -> !name.endsWith(UNFINISHED))
                .findFirst();
        try {
            return newest.isPresent() && file(directory, newest.get()).verify().sequence() == sequence;
        } catch (SnapshotFileException | UnsupportedFormatException e) {
            return false;
        }
    }

    private SnapshotFile file(StorageDirectory directory, String name) {
        return SnapshotFile.in(directory, name)
                .withMonitor(OperationMonitor.of(progress -> {}, () -> !engine.isOpen()));
    }

    private static Stream<String> newestFirst(StorageDirectory directory) throws IOException {
        return directory.list().stream()
                .filter(name -> NAME.matcher(name).matches())
                .sorted(Comparator.reverseOrder());
    }

    /**
     * Returns a name later than all existing ones, even if the clock was set back: otherwise the new file would be the
     * oldest.
     */
    private String nextName(StorageDirectory directory) throws IOException {
        Instant now = engine.environment().clock().instant();
        String time = TIME.format(now);
        for (String name : directory.list()) {
            Matcher matcher = NAME.matcher(name);
            if (matcher.matches() && matcher.group(1).compareTo(time) >= 0) {
                time = TIME.format(Instant.from(TIME.parse(matcher.group(1))).plusMillis(1));
            }
        }
        return "snapshot-" + time + (policy.format() == SnapshotFileFormat.JSON ? ".jsonl" : ".snapshot");
    }

    /** Deletes files beyond the number to keep, and unfinished ones left by crashes. */
    private void deleteOld(StorageDirectory directory) throws IOException {
        int kept = 0;
        for (String name : newestFirst(directory).toList()) {
            if (name.endsWith(UNFINISHED) || kept == policy.keep()) {
                directory.delete(name);
            } else {
                kept++;
            }
        }
        directory.sync();
    }

    private static System.Logger logger() {
        return System.getLogger(ScheduledSnapshots.class.getName());
    }
}
