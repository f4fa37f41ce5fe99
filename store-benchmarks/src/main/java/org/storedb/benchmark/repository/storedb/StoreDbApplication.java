package org.storedb.benchmark.repository.storedb;

import java.nio.file.Path;
import java.util.Map;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.boot.persistence.autoconfigure.EntityScan;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.storedb.benchmark.repository.Customer;
import org.storedb.benchmark.repository.CustomerApplication;
import org.storedb.benchmark.repository.CustomerService;

/** Customers in a store. */
@Configuration(proxyBeanMethods = false)
@EnableAutoConfiguration(exclude = DataSourceAutoConfiguration.class)
@EntityScan(basePackageClasses = Customer.class)
@Import(CustomerService.class)
public class StoreDbApplication {

    public static CustomerApplication start(Path directory, boolean synced) {
        return CustomerApplication.start(
                Map.of("store.path", directory.toString(), "store.durability", synced ? "always" : "os"),
                StoreDbApplication.class);
    }
}
