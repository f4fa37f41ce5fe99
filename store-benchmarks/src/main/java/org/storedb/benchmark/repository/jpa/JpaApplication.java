package org.storedb.benchmark.repository.jpa;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.data.jdbc.autoconfigure.DataJdbcRepositoriesAutoConfiguration;
import org.springframework.boot.persistence.autoconfigure.EntityScan;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.storedb.benchmark.repository.Customer;
import org.storedb.benchmark.repository.CustomerApplication;
import org.storedb.benchmark.repository.CustomerService;
import org.storedb.benchmark.repository.jdbc.H2Database;
import org.storedb.spring.autoconfigure.StoreAutoConfiguration;

/** Customers in H2 tables, with Hibernate. */
@Configuration(proxyBeanMethods = false)
@EnableAutoConfiguration(exclude = {StoreAutoConfiguration.class, DataJdbcRepositoriesAutoConfiguration.class})
@EntityScan(basePackageClasses = Customer.class)
@Import(CustomerService.class)
public class JpaApplication {

    public static CustomerApplication start(Path directory, boolean synced) {
        Map<String, Object> properties = new HashMap<>(H2Database.properties(directory));
        properties.put("spring.jpa.hibernate.ddl-auto", "update");
        properties.put("spring.jpa.properties.hibernate.jdbc.batch_size", "100");
        properties.put("spring.jpa.properties.hibernate.order_inserts", "true");
        properties.put("spring.jpa.properties.hibernate.order_updates", "true");
        return H2Database.start(JpaApplication.class, properties, synced);
    }
}
