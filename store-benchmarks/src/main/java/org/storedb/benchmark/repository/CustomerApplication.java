package org.storedb.benchmark.repository;

import java.util.Map;
import org.springframework.boot.Banner;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

/** A running application with customers. Reading is safe for several threads. */
public interface CustomerApplication extends AutoCloseable {

    CustomerRepository customers();

    CustomerService service();

    /** Puts what has been committed on the medium, where the commit itself could not be told to. */
    void sync();

    @Override
    void close();

    /** Starts a Spring Boot application without a web server. */
    static CustomerApplication start(Map<String, Object> properties, Class<?>... configuration) {
        return new Running(new SpringApplicationBuilder(configuration)
                .web(WebApplicationType.NONE)
                .bannerMode(Banner.Mode.OFF)
                .logStartupInfo(false)
                .properties(properties)
                .run());
    }

    /** What makes commits durable in an application whose commits cannot be told to wait; a bean of it. */
    @FunctionalInterface
    interface Sync {

        /** Puts what has been committed on the medium. */
        void run();
    }

    /** A Spring Boot application. */
    final class Running implements CustomerApplication {

        private final ConfigurableApplicationContext context;
        private final CustomerRepository customers;
        private final CustomerService service;
        private final Sync sync;

        private Running(ConfigurableApplicationContext context) {
            this.context = context;
            this.customers = context.getBean(CustomerRepository.class);
            this.service = context.getBean(CustomerService.class);
            this.sync = context.getBeanProvider(Sync.class).getIfAvailable(() -> () -> {});
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
            sync.run();
        }

        @Override
        public void close() {
            context.close();
        }
    }
}
