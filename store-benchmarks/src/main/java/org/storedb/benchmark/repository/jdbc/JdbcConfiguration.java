package org.storedb.benchmark.repository.jdbc;

import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.data.jpa.autoconfigure.DataJpaRepositoriesAutoConfiguration;
import org.springframework.boot.hibernate.autoconfigure.HibernateJpaAutoConfiguration;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.storedb.benchmark.repository.CustomerService;
import org.storedb.spring.autoconfigure.StoreAutoConfiguration;

/** The common configuration of both applications of Spring Data JDBC. */
@Configuration(proxyBeanMethods = false)
@EnableAutoConfiguration(
        exclude = {
            StoreAutoConfiguration.class,
            HibernateJpaAutoConfiguration.class,
            DataJpaRepositoriesAutoConfiguration.class
        })
@Import(CustomerService.class)
class JdbcConfiguration {}
