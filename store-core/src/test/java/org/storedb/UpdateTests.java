package org.storedb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.storedb.document.DocumentCodec;
import org.storedb.document.DocumentPatch;
import org.storedb.document.DocumentValue;
import org.storedb.document.DocumentWriter;
import org.storedb.document.FieldType;
import org.storedb.error.InvalidDocumentException;
import org.storedb.error.InvalidQueryException;
import org.storedb.error.UniqueIndexViolationException;
import org.storedb.index.IndexDefinition;
import org.storedb.internal.document.MapDocumentCodec;
import org.storedb.query.Filter;
import org.storedb.query.Query;
import org.storedb.query.Sort;

/** Changes of all documents that match a query. */
class UpdateTests {

    private final Store store = Store.openInMemory();
    private final DocumentCollection<Map<String, @Nullable Object>> things = store.collection("things");

    @AfterEach
    void closeStore() {
        store.close();
    }

    @Test
    void allMatchesAreChangedOnceAndIndexesFollow() {
        fill(20);
        things.createIndex(IndexDefinition.on("n"));

        long changed = things.update(
                Query.where(Filter.gte("n", 10)),
                DocumentPatch.empty().increment("n", 5).set("big", true));

        assertThat(changed).isEqualTo(10);
        assertThat(things.count(Query.where(Filter.gte("n", 15)))).isEqualTo(10);
        assertThat(things.count(Query.where(Filter.between("n", 10, 14)))).isZero();
        assertThat(things.findVersioned(Query.where(Filter.exists("big"))))
                .hasSize(10)
                .allMatch(found -> found.revision() == 1);
    }

    @Test
    void orderOffsetAndLimitChooseWhatIsChanged() {
        fill(10);

        assertThat(things.update(
                        Query.all().sort(Sort.by("n").descending()).offset(1).limit(3),
                        DocumentPatch.empty().unset("n")))
                .isEqualTo(3);
        assertThat(things.distinct("id", Query.where(Filter.isNull("n")))).containsExactly(6, 7, 8);
        assertThat(things.update(
                        Query.where(Filter.eq("n", 99)), DocumentPatch.empty().unset("n")))
                .isZero();
        assertThat(store.collection("nothing")
                        .update(Query.all(), DocumentPatch.empty().unset("n")))
                .isZero();
    }

    @Test
    void aChangeThatDoesNotFitNamesTheDocumentAndChangesNothing() {
        fill(10);
        things.save(Map.of("id", 5L, "n", "five"));

        assertThatExceptionOfType(InvalidDocumentException.class)
                .isThrownBy(
                        () -> things.update(Query.all(), DocumentPatch.empty().increment("n", 1)))
                .withMessage("Document '5' of collection 'things': Field \"n\" cannot be incremented: it is a string,"
                        + " not a number");
        assertThat(things.count(Query.where(Filter.eq("n", 0)))).isEqualTo(1);
        assertThatExceptionOfType(InvalidQueryException.class)
                .isThrownBy(() -> things.update(Query.where(Filter.like("n", "\\")), DocumentPatch.empty()));
    }

    @Test
    void aValueThatTheClassCannotBeReadWithChangesNothing() {
        fill(3);
        DocumentCollection<Thing> typed = store.collection("things", Thing.class);

        assertThatExceptionOfType(InvalidDocumentException.class)
                .isThrownBy(
                        () -> typed.update(Query.all(), DocumentPatch.empty().set("n", "many")))
                .withMessageStartingWith("Document '0' of collection 'things': ")
                .withMessageContaining("many");
        assertThatExceptionOfType(InvalidDocumentException.class)
                .isThrownBy(() -> typed.patch(1, DocumentPatch.empty().set("n", "many")))
                .withMessageStartingWith("Document '1' of collection 'things': ");
        assertThat(typed.find(Query.all())).hasSize(3);
    }

    @Test
    void aFieldThatTheClassDoesNotHaveIsNotWrittenButCanBeRemoved() {
        things.insert(Map.of("id", 1L, "number", 5, "old", true));
        DocumentCollection<Thing> typed = store.collection("things", Thing.class);

        assertThatExceptionOfType(InvalidQueryException.class)
                .isThrownBy(() -> typed.patch(1, DocumentPatch.empty().set("m", 7)))
                .withMessage("Documents of collection things have no field \"m\"; did you mean \"n\"?");
        assertThatExceptionOfType(InvalidQueryException.class)
                .isThrownBy(
                        () -> typed.update(Query.all(), DocumentPatch.empty().rename("number", "num")));
        assertThat(typed.update(
                        Query.all(), DocumentPatch.empty().rename("number", "n").unset("old")))
                .isEqualTo(1);
        assertThat(things.get(1)).contains(Map.of("id", 1, "n", 5));
    }

    record Thing(long id, int n) {}

    @Test
    void uniqueValuesMoveInTheOrderOfTheQuery() {
        fill(10);
        things.createIndex(IndexDefinition.uniqueOn("n"));

        assertThatExceptionOfType(UniqueIndexViolationException.class)
                .isThrownBy(
                        () -> things.update(Query.all(), DocumentPatch.empty().increment("n", 1)))
                .withMessageStartingWith("Document '0' of collection 'things': Unique index 'n'")
                .withMessageEndingWith("in document '1'");
        assertThat(things.update(
                        Query.all().sort(Sort.by("n").descending()),
                        DocumentPatch.empty().increment("n", 1)))
                .isEqualTo(10);
        assertThat(things.distinct("n")).containsExactly(1, 2, 3, 4, 5, 6, 7, 8, 9, 10);
        assertThatExceptionOfType(UniqueIndexViolationException.class)
                .isThrownBy(() -> things.update(
                        Query.where(Filter.lt("n", 5)), DocumentPatch.empty().set("n", 7)));
        assertThat(things.distinct("n")).hasSize(10);
    }

    @Test
    void anUpdateInATransactionSeesItsWritesAndGoesWithIt() {
        fill(3);
        assertThatExceptionOfType(IllegalStateException.class)
                .isThrownBy(() -> store.inTransaction(transaction -> {
                    DocumentCollection<Map<String, @Nullable Object>> own = transaction.collection("things");
                    own.insert(Map.of("id", 100L, "n", 100));
                    assertThat(own.update(Query.all(), DocumentPatch.empty().multiply("n", 2)))
                            .isEqualTo(4);
                    assertThat(own.distinct("n")).containsExactly(0, 2, 4, 200);
                    throw new IllegalStateException("no");
                }));
        assertThat(things.distinct("n")).containsExactly(0, 1, 2);
    }

    @Test
    void updatesThatChangeWhatTheOtherOneLooksForComeOneAfterTheOther() {
        things.insertAll(List.of(Map.of("id", 1L, "side", "left"), Map.of("id", 2L, "side", "right")));

        move(new Interrupted(() -> move(new MapDocumentCodec(), "right", "left")), "left", "right");
        assertThat(things.distinct("side")).containsExactly("right");
    }

    @Test
    void deletesThatLeaveWhatTheOtherOneDeletesComeOneAfterTheOther() {
        fill(2);

        deleteAllButFirst(
                new Interrupted(() ->
                        deleteAllButFirst(new MapDocumentCodec(), Sort.by("n").descending())),
                Sort.by("n"));
        assertThat(things.distinct("n")).containsExactly(1);
    }

    /** Each attempt reads all documents, and another one is inserted meanwhile as long as inserts are let in. */
    @Test
    void updateThatReadsEverythingEndsBesideAStreamOfInserts() {
        fill(10);
        AtomicInteger attempts = new AtomicInteger();
        DocumentCodec<Map<String, @Nullable Object>> besideInserts = new Interrupted(() -> {}) {
            @Override
            public void verifyPatched(DocumentValue document, DocumentPatch patch) {
                int attempt = attempts.incrementAndGet();
                Thread inserting = new Thread(() -> things.insert(Map.of("id", "new" + attempt, "n", -1)));
                inserting.start();
                join(inserting);
            }
        };

        long updated = store.collection("things", besideInserts)
                .update(Query.where(Filter.eq("n", 3)), DocumentPatch.empty().set("seen", true));

        assertThat(updated).isEqualTo(1);
        assertThat(attempts).hasValueLessThan(20);
        assertThat(things.count(Query.where(Filter.eq("seen", true)))).isEqualTo(1);
    }

    private static void join(Thread thread) {
        try {
            thread.join(100);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private void move(DocumentCodec<Map<String, @Nullable Object>> codec, String from, String to) {
        store.collection("things", codec)
                .update(
                        Query.where(Filter.eq("side", from)),
                        DocumentPatch.empty().set("side", to));
    }

    private void deleteAllButFirst(DocumentCodec<Map<String, @Nullable Object>> codec, Sort order) {
        store.collection("things", codec).delete(Query.all().sort(order).offset(1));
    }

    private void fill(int count) {
        things.insertAll(LongStream.range(0, count)
                .mapToObj(id -> Map.<String, @Nullable Object>of("id", id, "n", (int) id))
                .toList());
    }

    /** Has something happen between the beginning of the first call and its query. */
    private static class Interrupted implements DocumentCodec<Map<String, @Nullable Object>> {

        private final MapDocumentCodec maps = new MapDocumentCodec();
        private Runnable meanwhile;

        Interrupted(Runnable meanwhile) {
            this.meanwhile = meanwhile;
        }

        @Override
        public FieldType fieldType(String path) {
            Runnable once = meanwhile;
            meanwhile = () -> {};
            once.run();
            return FieldType.ANY;
        }

        @Override
        public @Nullable Object id(Map<String, @Nullable Object> object) {
            return maps.id(object);
        }

        @Override
        public void write(Map<String, @Nullable Object> object, Object id, DocumentWriter writer) {
            maps.write(object, id, writer);
        }

        @Override
        public Map<String, @Nullable Object> read(DocumentValue document, long revision) {
            return maps.read(document, revision);
        }

        @Override
        public Map<String, @Nullable Object> stored(Map<String, @Nullable Object> object, Object id, long revision) {
            return maps.stored(object, id, revision);
        }
    }
}
