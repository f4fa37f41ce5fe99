package org.storedb.spring.data.repository;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.data.annotation.Version;
import org.storedb.spring.data.core.mapping.Document;
import org.storedb.spring.data.core.mapping.FieldName;

/** A person with properties of every kind that queries use. */
@Document("people")
record Person(
        @Nullable String id,
        @Version @Nullable Long version,
        @Nullable String name,
        @Nullable Integer age,
        boolean active,
        @Nullable Instant joined,
        @FieldName("labels") @Nullable Set<String> tags,
        @Nullable Address address,
        @Nullable Level level,
        List<Address> formerAddresses,
        Map<String, String> attributes) {

    static Person ada() {
        return person(
                "ada",
                "Ada Lovelace",
                36,
                true,
                "2026-01-01T00:00:00Z",
                Set.of("math", "code"),
                new Address("London", new Location(51.5, -0.1)),
                Level.GOLD);
    }

    static Person alan() {
        return person(
                "alan",
                "Alan Turing",
                41,
                true,
                "2026-01-01T00:00:00.5Z",
                Set.of("math"),
                new Address("Manchester", new Location(53.5, -2.2)),
                Level.SILVER);
    }

    static Person grace() {
        return person(
                "grace",
                "grace hopper",
                85,
                false,
                "2026-03-01T00:00:00Z",
                Set.of("code", "navy"),
                new Address("New York", null),
                Level.GOLD);
    }

    /** Creates a person without any optional values. */
    static Person nobody() {
        return new Person("nobody", null, null, null, false, null, null, null, null, List.of(), Map.of());
    }

    static List<Person> all() {
        return List.of(ada(), alan(), grace(), nobody());
    }

    private static Person person(
            String id,
            String name,
            int age,
            boolean active,
            String joined,
            Set<String> tags,
            Address address,
            Level level) {
        return new Person(
                id, null, name, age, active, Instant.parse(joined), tags, address, level, List.of(), Map.of());
    }

    enum Level {
        SILVER,
        GOLD
    }

    record Address(String city, @Nullable Location location) {}

    record Location(double lat, double lon) {}
}
