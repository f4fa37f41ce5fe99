package org.storedb.spring.actuate;

import java.time.Duration;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.storedb.maintenance.BackupReport;

/**
 * The latest backup that another process took. Its directory may be slow, or hang, as those on a network do: so it is
 * read at most once a minute and by one thread, while others get what was read before. Safe for use by many threads.
 */
final class EarlierBackup {

    private static final long MAX_AGE_NANOS = Duration.ofMinutes(1).toNanos();

    private final Supplier<@Nullable BackupReport> directory;
    private final LongSupplier nanoTicker;
    private final ReentrantLock reading = new ReentrantLock();
    private volatile @Nullable Result latest; // Written by the thread that reads.

    EarlierBackup(Supplier<@Nullable BackupReport> directory, LongSupplier nanoTicker) {
        this.directory = directory;
        this.nanoTicker = nanoTicker;
    }

    /** Returns the backup, or {@code null} if there is none or it is not known yet. */
    @Nullable
    BackupReport get() {
        if (isDue() && reading.tryLock()) {
            try {
                if (isDue()) {
                    latest = new Result(directory.get(), nanoTicker.getAsLong());
                }
            } finally {
                reading.unlock();
            }
        }
        Result known = latest;
        return known == null ? null : known.backup;
    }

    private boolean isDue() {
        Result known = latest;
        return known == null || nanoTicker.getAsLong() - known.readAtNanos >= MAX_AGE_NANOS;
    }

    private record Result(@Nullable BackupReport backup, long readAtNanos) {}
}
