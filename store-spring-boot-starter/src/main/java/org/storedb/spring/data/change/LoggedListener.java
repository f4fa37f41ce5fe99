package org.storedb.spring.data.change;

import java.time.Duration;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.storedb.feed.ChangeListener;
import org.storedb.feed.ChangeTransaction;
import org.storedb.feed.RetryPolicy;
import org.storedb.feed.SubscriptionStatus;

/**
 * Listener that logs which method has thrown an exception or missed changes, and what happens next. For one
 * subscription; called by one thread at a time.
 */
final class LoggedListener implements ChangeListener {

    private static final Log LOGGER = LogFactory.getLog(StoreChangeListeners.class);

    private final String name;
    private final ChangeMethod method;
    private final RetryPolicy retries;
    private int failures;

    LoggedListener(String name, ChangeMethod method, RetryPolicy retries) {
        this.name = name;
        this.method = method;
        this.retries = retries;
    }

    @Override
    public void changed(ChangeTransaction transaction) throws Exception {
        try {
            method.changed(transaction);
            failures = 0;
        } catch (Throwable e) {
            failures++;
            if (failures <= retries.retries()) {
                logRetry(transaction.sequence(), e);
            }
            throw e;
        }
    }

    private void logRetry(long transaction, Throwable failure) {
        Duration pause = retries.pauseBefore(failures);
        LOGGER.warn("%s failed at transaction %d and gets it again in %d ms, retry %d of %d: %s"
                .formatted(this, transaction, pause.toMillis(), failures, retries.retries(), failure));
    }

    @Override
    public void failed(SubscriptionStatus status) {
        LOGGER.error(
                "%s is no longer called: it failed on the changes after position %d. StoreChangeListeners.restart(\"%s\") continues there"
                        .formatted(this, status.position(), name),
                status.error());
    }

    /** Logs that the method resumes at a later position than where it was stopped. */
    void missed(long stopped, long started) {
        LOGGER.warn(
                "%s has missed changes after position %d, where it was stopped, up to %d: a compaction has removed them. For a listener with a name they are kept"
                        .formatted(this, stopped, started));
    }

    @Override
    public String toString() {
        return "The @StoreChangeListener '%s' (%s, for %s)".formatted(name, method, method.source());
    }
}
