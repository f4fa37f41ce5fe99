package org.storedb.spring.actuate;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.storedb.Store;
import org.storedb.query.Filter;
import org.storedb.query.Query;
import org.storedb.spring.actuate.StoreSlowQueriesEndpoint.Shown;
import org.storedb.spring.autoconfigure.StoreAutoConfiguration;
import org.storedb.spring.autoconfigure.StoreEndpointAutoConfiguration;

class StoreSlowQueriesEndpointTests {

    private final ApplicationContextRunner runner = new ApplicationContextRunner()
            .withConfiguration(
                    AutoConfigurations.of(StoreAutoConfiguration.class, StoreEndpointAutoConfiguration.class))
            .withPropertyValues("store.in-memory=true", "management.endpoints.web.exposure.include=storeslowqueries");

    @Test
    void slowQueryIsShownWithItsPlanAndWithoutItsValues() {
        runner.withPropertyValues("store.slow-queries.threshold=0ms").run(context -> {
            query(context.getBean(Store.class));
            StoreSlowQueriesEndpoint endpoint = context.getBean(StoreSlowQueriesEndpoint.class);
            assertThat(endpoint.slowQueries(null).queries()).hasSize(1);
            Shown shown = endpoint.slowQueries(null).queries().get(0);
            assertThat(shown.query()).contains("places", "country").doesNotContain("secret");
            assertThat(shown.finished()).isTrue();
            assertThat(shown.plan()).isNotEmpty().noneMatch(line -> line.contains("secret"));
            assertThat(shown.time()).isPositive();
        });
    }

    @Test
    void theLogHasTheFiguresOfTheWholeQuery() {
        List<String> logged = new ArrayList<>();
        Handler handler = new Handler() {
            @Override
            public void publish(LogRecord entry) {
                logged.add(entry.getMessage());
            }

            @Override
            public void flush() {}

            @Override
            public void close() {}
        };
        Logger logger = Logger.getLogger("org.storedb.slow-queries");
        logger.addHandler(handler);
        try {
            runner.withPropertyValues("store.slow-queries.threshold=0ms")
                    .run(context -> query(context.getBean(Store.class)));
        } finally {
            logger.removeHandler(handler);
        }
        assertThat(logged).hasSize(2);
        assertThat(logged.get(0)).matches("Slow query, not finished after \\d+ ms: find places where country = \\?");
        assertThat(logged.get(1)).startsWith("Slow query\nfind places where country = ?\n1 in ");
    }

    @Test
    void valuesAndNumberAreProperties() {
        runner.withPropertyValues(
                        "store.slow-queries.threshold=0ms",
                        "store.slow-queries.show-values=true",
                        "store.slow-queries.kept=2")
                .run(context -> {
                    for (int i = 0; i < 3; i++) {
                        query(context.getBean(Store.class));
                    }
                    StoreSlowQueriesEndpoint endpoint = context.getBean(StoreSlowQueriesEndpoint.class);
                    assertThat(endpoint.slowQueries(null).queries())
                            .hasSize(2)
                            .allMatch(shown -> shown.query().contains("secret"));
                });
    }

    @Test
    void withoutAThresholdNoQueryIsSlow() {
        runner.run(context -> {
            query(context.getBean(Store.class));
            assertThat(context.getBean(StoreSlowQueriesEndpoint.class)
                            .slowQueries(null)
                            .queries())
                    .isEmpty();
        });
    }

    private static void query(Store store) {
        store.collection("places").save(Map.of("id", "1", "country", "secret"));
        assertThat(store.collection("places")
                        .find(Query.where(Filter.eq("country", "secret")))
                        .toList())
                .hasSize(1);
    }
}
