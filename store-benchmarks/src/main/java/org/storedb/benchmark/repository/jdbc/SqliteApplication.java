package org.storedb.benchmark.repository.jdbc;

import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.convert.converter.Converter;
import org.springframework.data.convert.ReadingConverter;
import org.springframework.data.convert.WritingConverter;
import org.springframework.data.jdbc.core.convert.JdbcCustomConversions;
import org.springframework.data.jdbc.core.dialect.JdbcDialect;
import org.storedb.benchmark.repository.CustomerApplication;

/**
 * Customers in an SQLite table, with times as numbers and tags in one text, because SQLite has neither times nor
 * arrays.
 */
public final class SqliteApplication {

    private SqliteApplication() {}

    public static CustomerApplication start(Path directory, boolean synced) {
        Map<String, Object> properties = new HashMap<>(Schema.of("sqlite"));
        properties.put(
                "spring.datasource.url",
                "jdbc:sqlite:" + directory.resolve("customers.db")
                        + "?journal_mode=WAL&cache_size=-262144&mmap_size=4294967296&transaction_mode=IMMEDIATE&synchronous="
                        + (synced ? "FULL" : "OFF"));
        return CustomerApplication.start(properties, JdbcConfiguration.class, SqliteConfiguration.class);
    }

    /** Configuration of what Spring Data JDBC does not know about SQLite. */
    @Configuration(proxyBeanMethods = false)
    static class SqliteConfiguration {

        @Bean
        JdbcDialect sqliteDialect() {
            return new SqliteDialect();
        }

        @Bean
        JdbcCustomConversions sqliteConversions() {
            return new JdbcCustomConversions(List.of(
                    InstantToNumber.INSTANCE, NumberToInstant.INSTANCE, TagsToText.INSTANCE, TextToTags.INSTANCE));
        }
    }

    @WritingConverter
    private enum InstantToNumber implements Converter<Instant, Long> {
        INSTANCE;

        @Override
        public Long convert(Instant instant) {
            return instant.toEpochMilli();
        }
    }

    @ReadingConverter
    private enum NumberToInstant implements Converter<Long, Instant> {
        INSTANCE;

        @Override
        public Instant convert(Long millis) {
            return Instant.ofEpochMilli(millis);
        }
    }

    @WritingConverter
    private enum TagsToText implements Converter<List<String>, String> {
        INSTANCE;

        @Override
        public String convert(List<String> tags) {
            return String.join(",", tags);
        }
    }

    @ReadingConverter
    private enum TextToTags implements Converter<String, List<String>> {
        INSTANCE;

        @Override
        public List<String> convert(String text) {
            return List.of(text.split(","));
        }
    }
}
