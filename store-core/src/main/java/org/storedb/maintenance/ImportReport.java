package org.storedb.maintenance;

import java.time.Duration;
import java.util.List;

/**
 * What an import did. Everything that it counts was committed.
 *
 * @param inserted number of new documents
 * @param replaced number of documents that replaced others
 * @param merged number of documents whose fields were merged into others
 * @param skipped number of documents that were skipped because their ids existed
 * @param rejected number of documents that could not be imported
 * @param rejections the first of the rejected documents, at most 1,000
 * @param duration how long it took
 */
public record ImportReport(
        long inserted,
        long replaced,
        long merged,
        long skipped,
        long rejected,
        List<RejectedDocument> rejections,
        Duration duration) {

    public ImportReport {
        rejections = List.copyOf(rejections);
    }

    /** Returns the number of documents that were stored by this import. */
    public long stored() {
        return inserted + replaced + merged;
    }
}
