package org.storedb.benchmark.repository.jpa;

import org.storedb.benchmark.repository.CustomerRepository;

/** The repository of JPA. */
public interface JpaCustomers extends CustomerRepository {}
