package org.storedb.benchmark.repository.nitrite;

import java.nio.file.Path;
import org.dizitart.no2.Nitrite;
import org.dizitart.no2.mvstore.MVStoreModule;
import org.storedb.benchmark.repository.CustomerApplication;
import org.storedb.benchmark.repository.CustomerRepository;
import org.storedb.benchmark.repository.CustomerService;

/** Customers in Nitrite, without Spring: no Nitrite module for this version of Spring Boot could be found. */
public final class NitriteApplication implements CustomerApplication {

    private final Nitrite nitrite;
    private final CustomerRepository customers;
    private final CustomerService service;

    public NitriteApplication(Path directory) {
        MVStoreModule module = MVStoreModule.withConfig()
                .filePath(directory.resolve("customers.nitrite").toString())
                .cacheSize(512)
                .build();
        this.nitrite = Nitrite.builder().loadModule(module).openOrCreate();
        this.customers = new NitriteCustomers(nitrite);
        this.service = new CustomerService(customers);
    }

    @Override
    public CustomerRepository customers() {
        return customers;
    }

    @Override
    public CustomerService service() {
        return service;
    }

    @Override
    public void sync() {
        throw new UnsupportedOperationException("Nitrite cannot wait for the medium");
    }

    @Override
    public void close() {
        nitrite.close();
    }
}
