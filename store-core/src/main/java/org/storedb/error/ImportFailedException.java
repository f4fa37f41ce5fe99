package org.storedb.error;

import org.jspecify.annotations.Nullable;
import org.storedb.maintenance.ImportReport;

/**
 * Thrown when an import ended early, because too many documents were rejected or because nothing more can be read. What
 * the report counts as stored is kept; run it again with the rest, or let it skip or replace existing documents.
 */
public class ImportFailedException extends StoreException {

    private static final long serialVersionUID = 1L;

    private final transient ImportReport report;

    public ImportFailedException(String message, ImportReport report, @Nullable Throwable cause) {
        super(message, cause);
        this.report = report;
    }

    /** Returns what had been imported by then. */
    public ImportReport report() {
        return report;
    }
}
