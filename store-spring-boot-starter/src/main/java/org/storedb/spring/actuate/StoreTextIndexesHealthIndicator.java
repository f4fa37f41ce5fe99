package org.storedb.spring.actuate;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.storedb.search.TextIndex;
import org.storedb.search.TextIndexStatus;
import org.storedb.spring.data.search.StoreTextIndexes;

/** Health indicator that is down if the last attempt to update or commit a text index failed. */
public class StoreTextIndexesHealthIndicator implements HealthIndicator {

    private final StoreTextIndexes indexes;

    public StoreTextIndexesHealthIndicator(StoreTextIndexes indexes) {
        this.indexes = indexes;
    }

    /** Returns the health, or {@code null} if there are no indexes. */
    @Override
    public @Nullable Health health() {
        Map<String, TextIndex> all = indexes.all();
        if (all.isEmpty()) {
            return null;
        }
        Health.Builder health = Health.up();
        all.forEach((name, index) -> add(health, name, index));
        return health.build();
    }

    private static void add(Health.Builder health, String name, TextIndex index) {
        TextIndexStatus status;
        try {
            status = index.status();
        } catch (RuntimeException e) {
            health.down().withDetail(name, Map.of("error", e.toString()));
            return;
        }
        if (status.error() != null) {
            health.down();
        }
        health.withDetail(name, detail(status));
    }

    private static Map<String, Object> detail(TextIndexStatus status) {
        Map<String, Object> detail = new LinkedHashMap<>();
        detail.put("documents", status.documents());
        detail.put("sequence", status.sequence());
        detail.put("behind", status.behind());
        detail.put("rebuilds", status.rebuilds());
        if (status.rebuildReason() != null) {
            detail.put("rebuildReason", status.rebuildReason());
        }
        if (status.error() != null) {
            detail.put("error", status.error().toString());
        }
        return detail;
    }
}
