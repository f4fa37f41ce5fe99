package org.storedb.spring.autoconfigure;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
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
        return new ChangeListenerSettings(
                autoStartup, new RetryPolicy(retries, firstPause, longestPause), recordTransactions, recordInterval);
    }
}
