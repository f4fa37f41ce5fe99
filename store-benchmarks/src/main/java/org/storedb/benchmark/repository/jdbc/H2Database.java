package org.storedb.benchmark.repository.jdbc;

import java.nio.file.Path;
import java.util.Map;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.JdbcTemplate;
import org.storedb.benchmark.repository.CustomerApplication;

/** H2 in a file, as used by JPA and Spring Data JDBC. */
public final class H2Database {

    private H2Database() {}

    /**
     * Returns the properties of an application for a database in a directory; a commit is done when the operating
     * system has it.
     */
    public static Map<String, Object> properties(Path directory) {
        return Map.of(
                "spring.datasource.url",
                "jdbc:h2:file:" + directory.resolve("customers") + ";WRITE_DELAY=0;CACHE_SIZE=524288",
                "spring.datasource.username",
                "sa");
    }

    /** Starts an application whose {@link CustomerApplication#sync()} has an effect only if {@code synced}. */
    public static CustomerApplication start(Class<?> configuration, Map<String, Object> properties, boolean synced) {
        return synced
                ? CustomerApplication.start(properties, configuration, SyncConfiguration.class)
                : CustomerApplication.start(properties, configuration);
    }

    /** Configuration that syncs by a statement, since H2 has no commit that waits for the medium. */
    @Configuration(proxyBeanMethods = false)
    static class SyncConfiguration {

        @Bean
        CustomerApplication.Sync sync(JdbcTemplate jdbc) {
            return () -> jdbc.execute("checkpoint sync");
        }
    }
}
