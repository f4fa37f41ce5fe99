package org.storedb.spring.actuate;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.storedb.feed.SubscriptionStatus;
import org.storedb.feed.SubscriptionStatus.State;
import org.storedb.spring.data.change.StoreChangeListeners;

/**
 * Health indicator that is down if a method annotated with {@code @StoreChangeListener} is no longer called because its
 * retries are exhausted.
 */
public class StoreChangeListenersHealthIndicator implements HealthIndicator {

    private final StoreChangeListeners listeners;

    public StoreChangeListenersHealthIndicator(StoreChangeListeners listeners) {
        this.listeners = listeners;
    }

    /** Returns the health, or {@code null} if there are no such methods. */
    @Override
    public @Nullable Health health() {
        Map<String, SubscriptionStatus> all = listeners.status();
        if (all.isEmpty()) {
            return null;
        }
        boolean anyFailed = all.values().stream().anyMatch(status -> status.state() == State.FAILED);
        Health.Builder health = anyFailed ? Health.down() : Health.up();
        all.forEach((name, status) -> health.withDetail(name, detail(status)));
        return health.build();
    }

    private static Map<String, Object> detail(SubscriptionStatus status) {
        Map<String, Object> detail = new LinkedHashMap<>();
        detail.put("state", status.state());
        detail.put("position", status.position());
        detail.put("behind", status.behind());
        if (status.error() != null) {
            detail.put("error", status.error().toString());
        }
        return detail;
    }
}
