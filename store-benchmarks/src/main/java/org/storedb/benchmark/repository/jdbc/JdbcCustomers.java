package org.storedb.benchmark.repository.jdbc;

import org.storedb.benchmark.repository.CustomerRepository;

/** The repository of Spring Data JDBC. */
public interface JdbcCustomers extends CustomerRepository {}
