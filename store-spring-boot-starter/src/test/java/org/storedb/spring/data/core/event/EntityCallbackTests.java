package org.storedb.spring.data.core.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.data.annotation.Version;
import org.springframework.data.mapping.callback.EntityCallbacks;
import org.storedb.query.Filter;
import org.storedb.query.Query;
import org.storedb.spring.data.core.StoreBeans;
import org.storedb.spring.data.core.StoreFixture;
import org.storedb.spring.data.core.StoreTemplate;
import org.storedb.spring.data.repository.StoreRepository;
import org.storedb.spring.data.repository.config.EnableStoreRepositories;

/** What callbacks receive and when, and that their results are used. */
class EntityCallbackTests {

    private final List<String> calls = new ArrayList<>();
    private final StoreFixture fixture = new StoreFixture();
    private final StoreTemplate template = fixture.template();

    @BeforeEach
    void register() {
        template.setEntityCallbacks(EntityCallbacks.create(
                new BeforeConvert(),
                new BeforeSave(),
                new AfterSave(),
                new AfterConvert(),
                new BeforeDelete(),
                new AfterDelete()));
    }

    @AfterEach
    void close() {
        fixture.close();
    }

    @Test
    void callbacksOfASaveComeInOrderAndChangeAnImmutableEntity() {
        Note saved = template.save(new Note(null, null, "text"));
        assertThat(calls)
                .containsExactly(
                        "before convert note: text, no id",
                        "before save note: text+convert, no id",
                        "after save note: text+convert+save, id and version 0");
        assertThat(saved.text()).isEqualTo("text+convert+save+stored");
        assertThat(saved.id()).isNotNull();
        assertThat(storedText(saved)).isEqualTo("text+convert+save");
    }

    @Test
    void insertUpdateAndBatchesCallThem() {
        Note inserted = template.insert(new Note("1", null, "a"));
        assertThat(storedText(inserted)).isEqualTo("a+convert+save");
        Note updated = template.update(new Note("1", 0L, "b"));
        assertThat(updated).isEqualTo(new Note("1", 1L, "b+convert+save+stored"));
        List<Note> batch = template.saveAll(List.of(new Note("1", 1L, "c"), new Note("2", null, "d")));
        assertThat(batch).extracting(Note::text).containsExactly("c+convert+save+stored", "d+convert+save+stored");
        assertThat(template.insertAll(List.of(new Note("3", null, "e"))))
                .extracting(Note::text)
                .containsExactly("e+convert+save+stored");
    }

    @Test
    void everyWayToReadCallsAfterConvert() {
        template.insert(new Note("1", null, "a"));
        NoteRepository repository = fixture.repository(NoteRepository.class);
        String read = "a+convert+save+read";
        assertThat(template.findById("1", Note.class).orElseThrow().text()).isEqualTo(read);
        assertThat(template.findAllById(List.of("1"), Note.class))
                .extracting(Note::text)
                .containsExactly(read);
        assertThat(template.findAll(Note.class)).extracting(Note::text).containsExactly(read);
        assertThat(template.stream(Query.all(), Note.class))
                .extracting(Note::text)
                .containsExactly(read);
        assertThat(template.findOne(Query.where(Filter.eq("id", "1")), Note.class)
                        .orElseThrow()
                        .text())
                .isEqualTo(read);
        assertThat(repository.findByTextStartingWith("a"))
                .extracting(Note::text)
                .containsExactly(read);
    }

    @Test
    void beforeSaveCanRefuseAWholeBatch() {
        assertThatThrownBy(() -> template.saveAll(List.of(new Note("1", null, "a"), new Note("2", null, "refused"))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("refused");
        assertThat(template.count(Note.class)).isZero();
    }

    @Test
    void noAfterSaveForWhatFails() {
        template.insert(new Note("1", null, "a"));
        calls.clear();
        assertThatThrownBy(() -> template.insert(new Note("1", null, "b"))).isInstanceOf(DuplicateKeyException.class);
        assertThat(calls).noneMatch(call -> call.startsWith("after save"));
    }

    @Test
    void entityIsNewEvenIfACallbackGivesItAnId() {
        template.setEntityCallbacks(EntityCallbacks.create(new GiveId()));
        template.save(new Tag(null, "first"));
        assertThatThrownBy(() -> template.save(new Tag(null, "second"))).isInstanceOf(DuplicateKeyException.class);
        template.save(new Tag("given", "third"));
        assertThat(template.findAll(Tag.class)).containsExactly(new Tag("given", "third"));
    }

    @Test
    void deleteOfAnEntityCallsThem() {
        Note first = template.insert(new Note("1", null, "a"));
        Note second = template.insert(new Note("2", null, "b"));
        calls.clear();
        template.delete(first);
        template.deleteAll(List.of(second));
        assertThat(calls)
                .containsExactly(
                        "before delete note: 1",
                        "after delete note: 1",
                        "before delete note: 2",
                        "after delete note: 2");
        assertThat(template.count(Note.class)).isZero();
    }

    @Test
    void beforeDeleteCanRefuse() {
        Note kept = template.insert(new Note("kept", null, "a"));
        assertThatThrownBy(() -> template.delete(kept)).isInstanceOf(IllegalStateException.class);
        assertThat(template.existsById("kept", Note.class)).isTrue();
        assertThat(calls).noneMatch(call -> call.startsWith("after delete"));
    }

    @Test
    void callbacksAreForTheirEntitiesOnly() {
        template.save(new Tag("1", "a"));
        assertThat(template.findById("1", Tag.class)).contains(new Tag("1", "a"));
        assertThat(calls).isEmpty();
    }

    @Test
    void beansAreFoundEvenIfTheyNeedTheRepository() {
        try (var context = new AnnotationConfigApplicationContext(Application.class)) {
            NoteRepository repository = context.getBean(NoteRepository.class);
            assertThat(repository.save(new Note("1", null, "a")).text()).isEqualTo("a, first of 0");
            assertThat(repository.findById("1").orElseThrow().text()).isEqualTo("a, first of 0");
        }
    }

    @Test
    void failingAfterSaveRollsARepositoryCallBack() {
        try (var context = new AnnotationConfigApplicationContext(Application.class)) {
            NoteRepository repository = context.getBean(NoteRepository.class);
            assertThatThrownBy(() -> repository.save(new Note("fails", null, "a")))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessage("after save");
            assertThat(repository.count()).isZero();
        }
    }

    private Object storedText(Note note) {
        return Objects.requireNonNull(fixture.store()
                .collection("note")
                .get(Objects.requireNonNull(note.id()))
                .orElseThrow()
                .get("text"));
    }

    record Note(@Nullable String id, @Version @Nullable Long version, String text) {
        Note with(String suffix) {
            return new Note(id, version, text + suffix);
        }
    }

    record Tag(@Nullable String id, String name) {}

    interface NoteRepository extends StoreRepository<Note, String> {
        List<Note> findByTextStartingWith(String prefix);
    }

    private class BeforeConvert implements StoreBeforeConvertCallback<Note> {
        @Override
        public Note onBeforeConvert(Note entity, String collection) {
            String id = entity.id() == null ? "no id" : "id";
            calls.add("before convert %s: %s, %s".formatted(collection, entity.text(), id));
            return entity.with("+convert");
        }
    }

    private class BeforeSave implements StoreBeforeSaveCallback<Note> {
        @Override
        public Note onBeforeSave(Note entity, String collection) {
            if (entity.text().startsWith("refused")) {
                throw new IllegalArgumentException("refused");
            }
            String id = entity.id() == null ? "no id" : "id";
            calls.add("before save %s: %s, %s".formatted(collection, entity.text(), id));
            return entity.with("+save");
        }
    }

    private class AfterSave implements StoreAfterSaveCallback<Note> {
        @Override
        public Note onAfterSave(Note entity, String collection) {
            String id = entity.id() == null ? "no id" : "id";
            calls.add(
                    "after save %s: %s, %s and version %d".formatted(collection, entity.text(), id, entity.version()));
            return entity.with("+stored");
        }
    }

    private static class AfterConvert implements StoreAfterConvertCallback<Note> {
        @Override
        public Note onAfterConvert(Note entity, String collection) {
            return entity.with("+read");
        }
    }

    private class BeforeDelete implements StoreBeforeDeleteCallback<Note> {
        @Override
        public Note onBeforeDelete(Note entity, String collection) {
            if ("kept".equals(entity.id())) {
                throw new IllegalStateException("kept");
            }
            calls.add("before delete %s: %s".formatted(collection, entity.id()));
            return entity;
        }
    }

    private class AfterDelete implements StoreAfterDeleteCallback<Note> {
        @Override
        public Note onAfterDelete(Note entity, String collection) {
            calls.add("after delete %s: %s".formatted(collection, entity.id()));
            return entity;
        }
    }

    private static class GiveId implements StoreBeforeConvertCallback<Tag> {
        @Override
        public Tag onBeforeConvert(Tag entity, String collection) {
            return new Tag("given", entity.name());
        }
    }

    @Configuration(proxyBeanMethods = false)
    @Import(StoreBeans.class)
    @EnableStoreRepositories(considerNestedRepositories = true)
    static class Application {

        @Bean
        StoreBeforeConvertCallback<Note> first(NoteRepository repository) {
            return (note, collection) -> note.with(", first of " + repository.count());
        }

        @Bean
        StoreAfterSaveCallback<Note> failing() {
            return (note, collection) -> {
                if ("fails".equals(note.id())) {
                    throw new IllegalStateException("after save");
                }
                return note;
            };
        }
    }
}
