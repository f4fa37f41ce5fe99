package org.storedb.benchmark.repository.jdbc;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.storedb.benchmark.repository.CustomerApplication;

/** Customers in an H2 table, with their tags in an array. */
public final class H2Application {

    private H2Application() {}

    public static CustomerApplication start(Path directory, boolean synced) {
        Map<String, Object> properties = new HashMap<>(H2Database.properties(directory));
        properties.putAll(Schema.of("h2"));
        return H2Database.start(JdbcConfiguration.class, properties, synced);
    }
}
