package org.storedb.spring.data.repository;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.dao.DataRetrievalFailureException;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.dao.OptimisticLockingFailureException;
import org.springframework.data.domain.PageRequest;
import org.springframework.data.domain.Sort;
import org.storedb.spring.data.core.StoreFixture;

/** The methods that every repository has. */
class CrudTests {

    private final StoreFixture fixture = new StoreFixture();
    private final People people = fixture.repository(People.class);

    @AfterEach
    void close() {
        fixture.close();
    }

    @Test
    void saveInsertsAndUpdates() {
        Person stored = people.save(Person.ada());
        assertThat(stored.version()).isZero();
        Person changed = people.save(stored);
        assertThat(changed.version()).isEqualTo(1);
        assertThat(people.findById("ada")).contains(changed);
        assertThatThrownBy(() -> people.save(stored)).isInstanceOf(OptimisticLockingFailureException.class);
    }

    @Test
    void insertAndUpdateAreExplicit() {
        Person stored = people.insert(Person.ada());
        assertThatThrownBy(() -> people.insert(Person.ada())).isInstanceOf(DuplicateKeyException.class);
        assertThatThrownBy(() -> people.save(Person.ada()))
                .isInstanceOf(DuplicateKeyException.class)
                .hasMessageContainingAll("'people'", "'ada'", "without a version", "read and save it");
        assertThat(people.update(stored).version()).isEqualTo(1);
        assertThat(people.insertAll(List.of(Person.alan(), Person.grace()))).hasSize(2);
        assertThat(fixture.repository(Plain.class).insert(new Note("1", "a")).text())
                .isEqualTo("a");
        assertThatThrownBy(() -> fixture.repository(Plain.class).update(new Note("2", "a")))
                .isInstanceOf(DataRetrievalFailureException.class);
    }

    @Test
    void finds() {
        people.saveAll(Person.all());
        assertThat(people.count()).isEqualTo(4);
        assertThat(people.existsById("ada")).isTrue();
        assertThat(people.existsById("x")).isFalse();
        assertThat(people.findById("x")).isEmpty();
        assertThat(people.findAll()).hasSize(4);
        assertThat(people.findAllById(List.of("ada", "x", "grace"))).hasSize(2);
        assertThat(people.findAll(Sort.by("address.city").descending()))
                .extracting(Person::id)
                .startsWith("grace", "alan", "ada");
        assertThat(people.findAll(PageRequest.of(1, 3)).getTotalElements()).isEqualTo(4);
    }

    @Test
    void deletes() {
        List<Person> stored = people.saveAll(Person.all());
        people.deleteById("ada");
        people.deleteById("ada");
        people.delete(stored.get(1));
        assertThatThrownBy(() -> people.delete(stored.get(1))).isInstanceOf(OptimisticLockingFailureException.class);
        people.deleteAllById(List.of("grace", "x"));
        assertThat(people.findAll()).extracting(Person::id).containsExactly("nobody");
        people.deleteAll(List.of(stored.get(3)));
        assertThat(people.count()).isZero();
        people.insert(Person.ada());
        people.deleteAll();
        assertThat(people.count()).isZero();
    }

    @Test
    void deletingWhatWasNeverStoredDoesNothing() {
        Plain notes = fixture.repository(Plain.class);
        Note stored = notes.save(new Note(null, "a"));
        notes.delete(new Note(null, "b"));
        notes.deleteAll(List.of(new Note(null, "c"), stored));
        assertThat(notes.count()).isZero();
        fixture.repository(Invoices.class).delete(new Invoice(null));
    }

    @Test
    void generatedIdsAreInTheOrderOfTheirCreation() {
        Plain notes = fixture.repository(Plain.class);
        List<Note> stored = notes.saveAll(List.of(new Note(null, "a"), new Note(null, "b"), new Note(null, "c")));
        assertThat(stored.stream().map(note -> Objects.requireNonNull(note.id())))
                .isSorted()
                .doesNotHaveDuplicates();
        assertThat(notes.findAll()).extracting(Note::text).containsExactly("a", "b", "c");
    }

    interface People extends StoreRepository<Person, String> {}

    record Note(@org.jspecify.annotations.Nullable String id, String text) {}

    record Invoice(@org.jspecify.annotations.Nullable Long id) {}

    interface Invoices extends StoreRepository<Invoice, Long> {}

    interface Plain extends StoreRepository<Note, String> {}
}
