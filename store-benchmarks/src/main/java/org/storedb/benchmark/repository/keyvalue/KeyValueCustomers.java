package org.storedb.benchmark.repository.keyvalue;

import org.springframework.data.keyvalue.repository.KeyValueRepository;
import org.storedb.benchmark.repository.Customer;
import org.storedb.benchmark.repository.CustomerRepository;

/** The repository of Spring Data KeyValue. */
public interface KeyValueCustomers extends CustomerRepository, KeyValueRepository<Customer, String> {}
