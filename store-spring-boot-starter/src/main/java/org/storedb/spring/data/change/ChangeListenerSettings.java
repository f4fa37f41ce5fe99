package org.storedb.spring.data.change;

import java.time.Duration;
import org.storedb.feed.ChangeRequest;
import org.storedb.feed.RetryPolicy;

/**
 * What holds for all methods with {@link StoreChangeListener}.
 *
 * @param autoStartup whether they begin to be called when the application starts
 * @param retries how a method is called again that has thrown
 * @param recordTransactions after how many transactions the position of a named one is recorded, 1 or more
 * @param recordInterval after which time its position is recorded
 */
public record ChangeListenerSettings(
        boolean autoStartup, RetryPolicy retries, int recordTransactions, Duration recordInterval) {

    /** Started with the application; retries and records as the store does by default. */
    public static ChangeListenerSettings defaults() {
        ChangeRequest defaults = ChangeRequest.all();
        return new ChangeListenerSettings(
                true, RetryPolicy.defaults(), defaults.recordTransactions(), defaults.recordTime());
    }

    ChangeRequest applyTo(ChangeRequest request) {
        return request.withRetries(retries).recordedEvery(recordTransactions, recordInterval);
    }
}
