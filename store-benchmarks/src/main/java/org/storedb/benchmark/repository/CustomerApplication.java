package org.storedb.benchmark.repository;

import java.util.Map;
import org.springframework.boot.Banner;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

/** A running application with customers. Reads are safe for multiple threads. */
public interface CustomerApplication extends AutoCloseable {

    CustomerRepository customers();

    CustomerService service();

    /** Forces committed changes to the medium, if the commits themselves do not wait for it. */
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

    /** Bean that makes commits durable in an application whose commits cannot wait for the medium. */
    @FunctionalInterface
    interface Sync {

        /** Forces committed changes to the medium. */
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
