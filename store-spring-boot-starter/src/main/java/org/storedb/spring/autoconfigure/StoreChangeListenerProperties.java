package org.storedb.spring.autoconfigure;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.storedb.feed.RetryPolicy;
import org.storedb.spring.data.change.ChangeListenerSettings;

/**
 * Methods with {@code @StoreChangeListener}.
 *
 * @param autoStartup Whether they begin to be called when the application starts.
 * @param retries How often in a row a method is called again that has thrown, before it is not called any more.
 * @param firstPause Time before the first retry; it doubles with each further one.
 * @param longestPause Longest time before a retry.
 * @param recordTransactions After how many transactions the position of a named one is recorded.
 * @param recordInterval After which time the position of a named one is recorded.
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
