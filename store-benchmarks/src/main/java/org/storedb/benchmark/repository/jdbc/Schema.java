package org.storedb.benchmark.repository.jdbc;

import java.util.Map;

/** The table of customers, which Spring Data JDBC does not create itself. */
final class Schema {

    private Schema() {}

    /** Returns properties that make the scripts for a platform run at each start. */
    static Map<String, Object> of(String platform) {
        return Map.of(
                "spring.sql.init.mode",
                "always",
                "spring.sql.init.platform",
                platform,
                "spring.sql.init.schema-locations",
                "classpath:org/storedb/benchmark/repository/jdbc/schema-" + platform + ".sql");
    }
}
