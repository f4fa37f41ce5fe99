package org.storedb.error;

import org.jspecify.annotations.Nullable;
import org.storedb.maintenance.ImportReport;

/**
 * An import ended early, because too many documents were rejected or because nothing more can be read. What the report
 * counts as stored stays; run it again with what is left, or let it skip or replace what is there.
 */
public class ImportFailedException extends StoreException {

    private static final long serialVersionUID = 1L;

    private final transient ImportReport report;

    public ImportFailedException(String message, ImportReport report, @Nullable Throwable cause) {
        super(message, cause);
        this.report = report;
    }

    /** What was imported until then. */
    public ImportReport report() {
        return report;
    }
}
