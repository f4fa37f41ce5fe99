package org.storedb.spring.data.change;

import java.time.Duration;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.storedb.feed.ChangeListener;
import org.storedb.feed.ChangeTransaction;
import org.storedb.feed.RetryPolicy;

/** Says in the log which method has thrown, and what happens now. For one subscription; called by one thread at a time. */
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
            log(transaction.sequence(), e);
            throw e;
        }
    }

    private void log(long transaction, Throwable failure) {
        String who = "The @StoreChangeListener '%s' (%s, for %s)".formatted(name, method, method.source());
        if (failures > retries.retries()) {
            LOGGER.error(
                    "%s is not called any more: its last attempt at transaction %d failed, too. StoreChangeListeners.restart(\"%s\") goes on with this transaction"
                            .formatted(who, transaction, name),
                    failure);
            return;
        }
        Duration pause = retries.pauseBefore(failures);
        LOGGER.warn("%s has thrown at transaction %d and gets it again in %d ms, retry %d of %d: %s"
                .formatted(who, transaction, pause.toMillis(), failures, retries.retries(), failure));
    }
}
