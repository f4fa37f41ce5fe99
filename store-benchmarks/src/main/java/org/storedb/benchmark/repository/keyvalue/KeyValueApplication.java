package org.storedb.benchmark.repository.keyvalue;

import java.util.Map;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.data.map.repository.config.EnableMapRepositories;
import org.storedb.benchmark.repository.CustomerApplication;
import org.storedb.benchmark.repository.CustomerService;
import org.storedb.spring.autoconfigure.StoreAutoConfiguration;

/** Customers in a map: no files, no transactions, no indexes, and no copies of what is read. */
@Configuration(proxyBeanMethods = false)
@EnableAutoConfiguration(exclude = {StoreAutoConfiguration.class, DataSourceAutoConfiguration.class})
@EnableMapRepositories
@Import(CustomerService.class)
public class KeyValueApplication {

    public static CustomerApplication start() {
        return CustomerApplication.start(Map.of(), KeyValueApplication.class);
    }
}
