package org.storedb.spring.data.change;

import java.time.Duration;
import org.storedb.feed.ChangeRequest;
import org.storedb.feed.RetryPolicy;

/**
 * Settings of all methods annotated with {@link StoreChangeListener}.
 *
 * @param autoStartup whether to start calling them when the application starts
 * @param retries the retries of a method that throws
 * @param recordTransactions the number of transactions after which the position of a named listener is recorded, 1 or
 *     more
 * @param recordInterval the time after which its position is recorded
 */
public record ChangeListenerSettings(
        boolean autoStartup, RetryPolicy retries, int recordTransactions, Duration recordInterval) {

    /** Returns settings that start with the application, and retry and record as the store does by default. */
    public static ChangeListenerSettings defaults() {
        ChangeRequest defaults = ChangeRequest.all();
        return new ChangeListenerSettings(
                true, RetryPolicy.defaults(), defaults.recordTransactions(), defaults.recordTime());
    }

    ChangeRequest applyTo(ChangeRequest request) {
        return request.withRetries(retries).recordedEvery(recordTransactions, recordInterval);
    }
}
