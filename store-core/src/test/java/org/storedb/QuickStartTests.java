package org.storedb;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.storedb.index.IndexDefinition;
import org.storedb.query.Filter;
import org.storedb.query.Query;
import org.storedb.query.Sort;

/** The first steps of the README, so that they stay true. */
class QuickStartTests {

    record Person(@Nullable String id, String name, String city, int age) {

        Person movedTo(String newCity) {
            return new Person(id, name, newCity, age);
        }
    }

    @Test
    void firstStepsOfTheReadmeWork(@TempDir Path directory) {
        List<String> printed = new ArrayList<>();
        String id;
        try (Store store = Store.open(directory.resolve("data"))) {
            DocumentCollection<Person> people = store.collection("people", Person.class);
            people.createIndex(IndexDefinition.on("city"));
            Person ada = people.insert(new Person(null, "Ada", "London", 36));
            id = Objects.requireNonNull(ada.id());

            people.find(Query.where(Filter.eq("city", "London").and(Filter.gte("age", 18)))
                            .sort(Sort.by("name"))
                            .limit(20))
                    .forEach(person -> printed.add(person.name()));

            store.runInTransaction(transaction -> {
                DocumentCollection<Person> inside = transaction.collection("people", Person.class);
                inside.update(id, person -> person.movedTo("Paris"));
            });
        }
        assertThat(printed).containsExactly("Ada");
        try (Store store = Store.open(directory.resolve("data"))) {
            DocumentCollection<Person> people = store.collection("people", Person.class);
            assertThat(people.get(id)).map(Person::city).contains("Paris");
            assertThat(people.count(Query.where(Filter.eq("city", "London")))).isZero();
        }
    }
}
