package org.storedb.tool;

import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.storedb.OpenListener;
import org.storedb.OpenProgress;
import org.storedb.internal.io.Interruption;
import org.storedb.maintenance.OperationMonitor;
import org.storedb.maintenance.OperationProgress;

/**
 * Writes a line about long work every few seconds; nothing about work that is done sooner. Cancels work if the process
 * is to end.
 */
final class Progress implements OperationMonitor, OpenListener {

    private static final long PAUSE_NANOS = TimeUnit.NANOSECONDS.convert(Duration.ofSeconds(3));

    private final Console console;
    private final LongSupplier nanoTicker;
    private final Interruption interruption;
    private long writtenNanos;

    Progress(Console console, LongSupplier nanoTicker, Interruption interruption) {
        this.console = console;
        this.nanoTicker = nanoTicker;
        this.interruption = interruption;
        this.writtenNanos = nanoTicker.getAsLong();
    }

    @Override
    public void progress(OperationProgress progress) {
        report(progress.phase(), progress.done(), progress.total());
    }

    @Override
    public boolean isCancelled() {
        return interruption.notice();
    }

    @Override
    public void progressed(OpenProgress progress) {
        String phase = progress.phase().name().toLowerCase(Locale.ROOT).replace('_', ' ');
        report("opening the store, " + phase, progress.done(), progress.total());
    }

    private void report(String phase, long done, long total) {
        long now = nanoTicker.getAsLong();
        if (now - writtenNanos >= PAUSE_NANOS) {
            writtenNanos = now;
            console.message(phase + (total > 0 ? ": " + Math.min(100, 100 * done / total) + " %" : ": " + done));
        }
    }
}
