package org.storedb.spring.autoconfigure;

import static org.storedb.spring.autoconfigure.PropertyChecks.checked;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.storedb.feed.ChangeRequest;
import org.storedb.feed.RetryPolicy;
import org.storedb.spring.data.change.ChangeListenerSettings;

/**
 * Methods annotated with {@code @StoreChangeListener}.
 *
 * @param autoStartup Whether to start calling the methods when the application starts.
 * @param retries Maximum number of consecutive retries of a method that throws; after that it is no longer called.
 * @param firstPause Time before the first retry, doubled for each further one.
 * @param longestPause Maximum time before a retry.
 * @param recordTransactions Number of transactions after which the position of a named listener is recorded.
 * @param recordInterval Time after which the position of a named listener is recorded.
 */
@ConfigurationProperties("store.change-listeners")
public record StoreChangeListenerProperties(
        @DefaultValue("true") boolean autoStartup,
        @DefaultValue("10") int retries,
        @DefaultValue("100ms") Duration firstPause,
        @DefaultValue("10s") Duration longestPause,
        @DefaultValue("100") int recordTransactions,
        @DefaultValue("1s") Duration recordInterval) {

    ChangeListenerSettings toSettings() {
        ChangeRequest recorded = checked(
                "change-listeners.record-transactions",
                recordTransactions,
                "1 or more",
                number -> ChangeRequest.all().recordedEvery(number, Duration.ZERO));
        checked(
                "change-listeners.record-interval",
                recordInterval,
                "0 or more",
                time -> recorded.recordedEvery(recordTransactions, time));
        return new ChangeListenerSettings(autoStartup, toRetryPolicy(), recordTransactions, recordInterval);
    }

    private RetryPolicy toRetryPolicy() {
        checked("change-listeners.retries", retries, "0 or more", count -> retryPolicy(Duration.ZERO, Duration.ZERO));
        checked("change-listeners.first-pause", firstPause, "0 or more", pause -> retryPolicy(pause, pause));
        return checked(
                "change-listeners.longest-pause",
                longestPause,
                "at least as long as 'first-pause'",
                pause -> retryPolicy(firstPause, pause));
    }

    private RetryPolicy retryPolicy(Duration first, Duration longest) {
        return new RetryPolicy(retries, first, longest);
    }
}
