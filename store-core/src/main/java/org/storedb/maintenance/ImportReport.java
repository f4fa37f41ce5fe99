package org.storedb.maintenance;

import java.time.Duration;
import java.util.List;

/**
 * What an import did. Everything that it counts was committed.
 *
 * @param inserted documents that are new
 * @param replaced documents that took the place of others
 * @param merged documents whose fields were added to others
 * @param skipped documents that were left out because their ids were there
 * @param rejected documents that could not be imported
 * @param rejections the first of those, at most 1,000
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

    /** Documents that are in the collection because of this import. */
    public long stored() {
        return inserted + replaced + merged;
    }
}
