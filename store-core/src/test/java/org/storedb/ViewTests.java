package org.storedb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.storedb.error.InvalidDocumentException;
import org.storedb.error.InvalidNameException;
import org.storedb.error.InvalidQueryException;
import org.storedb.error.OperationCancelledException;
import org.storedb.error.TransactionConflictException;
import org.storedb.error.ViewVersionException;
import org.storedb.maintenance.CompactionResult;
import org.storedb.maintenance.OperationMonitor;
import org.storedb.query.Query;
import org.storedb.testing.CheckedExceptions;
import org.storedb.testing.SimulatedDirectory;
import org.storedb.testing.SteppedTasks;
import org.storedb.testing.TestEnvironments;
import org.storedb.view.View;
import org.storedb.view.ViewEmitter;
import org.storedb.view.ViewFunction;
import org.storedb.view.ViewPage;
import org.storedb.view.ViewQuery;
import org.storedb.view.ViewRow;
import org.storedb.view.ViewStatistics;
import org.storedb.view.ViewStatus;

class ViewTests {

    private static final ViewFunction<Order> BY_CUSTOMER =
            (order, emitter) -> emitter.emit(order.customer(), order.amount());

    private final SimulatedDirectory directory = new SimulatedDirectory();
    private final SteppedTasks tasks = new SteppedTasks();
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private Store store = open();
    private DocumentCollection<Order> orders = store.collection("orders", Order.class);

    @AfterEach
    void close() {
        threads.shutdownNow();
        store.close();
    }

    record Order(String id, @Nullable String customer, int amount, List<String> items) {}

    @Test
    void rowsAreOrderedByKeyThenById() {
        orders.insertAll(List.of(order("3", "bob", 5), order("1", "bob", 7), order("2", "ada", 9)));
        View<Order> view = orders.view("byCustomer", 1, BY_CUSTOMER);

        assertThat(view.stream(ViewQuery.all()).map(ViewTests::text)).containsExactly("ada 2 9", "bob 1 7", "bob 3 5");
        assertThat(view.stream(ViewQuery.all().descending()).map(ViewTests::text))
                .containsExactly("bob 3 5", "bob 1 7", "ada 2 9");
        assertThat(view.stream(ViewQuery.all())).allMatch(row -> row.document() == null);
    }

    @Test
    void aDocumentHasAsManyRowsAsItEmits() {
        orders.insert(order("1", "ada", 1, "tea", "milk", "tea"));
        orders.insert(order("2", "bob", 1));
        View<Order> view =
                orders.view("byItem", 1, (order, emitter) -> order.items().forEach(emitter::emit));

        assertThat(view.stream(ViewQuery.all()).map(ViewTests::text))
                .containsExactly("milk 1 null", "tea 1 null", "tea 1 null");
        orders.save(order("1", "ada", 1, "tea"));
        assertThat(view.stream(ViewQuery.all()).map(ViewTests::text)).containsExactly("tea 1 null");
        orders.delete("1");
        assertThat(view.count(ViewQuery.all())).isZero();
    }

    @Test
    void boundsIncludeTheirKeysOrNot() {
        for (int number = 0; number < 10; number++) {
            orders.insert(order("o" + number, "c" + number / 2, number));
        }
        View<Order> view = orders.view("byCustomer", 1, BY_CUSTOMER);

        assertThat(view.stream(ViewQuery.key("c1"))).extracting(ViewRow::value).containsExactly(2, 3);
        assertThat(view.stream(ViewQuery.range("c1", "c2")))
                .extracting(ViewRow::value)
                .containsExactly(2, 3, 4, 5);
        assertThat(view.stream(ViewQuery.range("c1", "c3").excludingStart().excludingEnd()))
                .extracting(ViewRow::value)
                .containsExactly(4, 5);
        assertThat(view.count(ViewQuery.from("c3"))).isEqualTo(4);
        assertThat(view.count(ViewQuery.from("c3").excludingStart())).isEqualTo(2);
        assertThat(view.count(ViewQuery.upTo("c3").excludingEnd())).isEqualTo(6);
        assertThat(view.count(ViewQuery.range("c3", "c1"))).isZero();
        assertThat(view.count(ViewQuery.startingWith("c"))).isEqualTo(10);
        assertThat(view.count(ViewQuery.startingWith("c4"))).isEqualTo(2);
        assertThat(view.count(ViewQuery.startingWith("c4").excludingStart())).isZero();
        assertThatThrownBy(() -> view.count(ViewQuery.startingWith("c\ud83c")))
                .isInstanceOf(InvalidDocumentException.class)
                .hasMessageContaining("half of a surrogate pair");
        assertThat(view.count(ViewQuery.key(null))).isZero();
        assertThat(view.count(ViewQuery.from("c1").startIndex(2).limit(3))).isEqualTo(3);
        assertThat(view.count(ViewQuery.from("c1").startIndex(7).limit(3))).isEqualTo(1);
        assertThat(view.count(ViewQuery.from("c1").startIndex(70))).isZero();
        assertThatExceptionOfType(InvalidQueryException.class)
                .isThrownBy(() -> ViewQuery.all().excludingEnd())
                .withMessageContaining("greatest");
    }

    @Test
    void keysCanBeListsAndAreFoundByTheirBeginning() {
        orders.insert(order("1", "ada", 5, "tea", "milk"));
        orders.insert(order("2", "adam", 6, "tea"));
        orders.insert(order("3", null, 7, "tea"));
        View<Order> view = orders.view(
                "byCustomerAndItem",
                1,
                (order, emitter) -> order.items()
                        .forEach(item -> emitter.emit(Arrays.asList(order.customer(), item), order.amount())));

        assertThat(view.stream(ViewQuery.startingWith(List.of("ada"))).map(ViewTests::text))
                .containsExactly("[ada, milk] 1 5", "[ada, tea] 1 5");
        assertThat(view.stream(ViewQuery.startingWith(Arrays.asList((Object) null)))
                        .map(ViewTests::text))
                .containsExactly("[null, tea] 3 7");
        assertThat(view.countByKey(ViewQuery.startingWith(List.of("ada"))))
                .containsExactly(Map.entry(List.of("ada", "milk"), 1L), Map.entry(List.of("ada", "tea"), 1L));
    }

    @Test
    void pagesLeadToEachOther() {
        for (int number = 0; number < 25; number++) {
            orders.insert(order("o" + (10 + number), "c", number));
        }
        View<Order> view = orders.view("byCustomer", 1, BY_CUSTOMER);
        List<Object> seen = new ArrayList<>();
        OptionalLong next = OptionalLong.of(0);
        int pages = 0;
        while (next.isPresent()) {
            ViewPage<Order> page = view.page(
                    ViewQuery.key("c").startIndex(next.getAsLong()).limit(10).withDocuments());
            page.rows()
                    .forEach(row -> seen.add(
                            row.document() == null ? "none" : row.document().amount()));
            assertThat(page.total()).isEqualTo(25);
            next = page.nextIndex();
            pages++;
        }
        assertThat(pages).isEqualTo(3);
        assertThat(seen).hasSize(25).startsWith(0, 1, 2).endsWith(24);
        assertThat(view.page(ViewQuery.key("c").startIndex(100)).rows()).isEmpty();
        assertThat(view.page(ViewQuery.key("c").limit(0)).nextIndex()).isEmpty();
    }

    @Test
    void figuresAreExact() {
        orders.insertAll(List.of(order("1", "ada", 1), order("2", "ada", 2), order("3", "bob", 30)));
        View<Order> view = orders.view("byCustomer", 1, (order, emitter) -> {
            emitter.emit(order.customer(), order.amount() * 0.5);
            emitter.emit(order.customer(), new BigDecimal("1E-20"));
            emitter.emit(order.customer(), "no number");
        });

        assertThat(view.sum(ViewQuery.key("ada"))).isEqualByComparingTo("1.50000000000000000002");
        ViewStatistics statistics = view.statistics(ViewQuery.all());
        assertThat(statistics.rows()).isEqualTo(9);
        assertThat(statistics.numbers()).isEqualTo(6);
        assertThat(statistics.min()).isEqualByComparingTo("1E-20");
        assertThat(statistics.max()).isEqualByComparingTo("15");
        assertThat(statistics.average()).isEqualByComparingTo("2.750000000000000000005");
        assertThat(view.statistics(ViewQuery.key("nobody")).average()).isNull();
        assertThat(view.countByKey(ViewQuery.all())).containsExactly(Map.entry("ada", 6L), Map.entry("bob", 3L));
    }

    @Test
    void aFunctionThatThrowsLeavesOutThatDocumentAlone() {
        orders.insertAll(List.of(order("1", "ada", 1), order("2", null, 2), order("3", "bob", 3)));
        View<Order> view = orders.view("byLength", 1, (order, emitter) -> {
            emitter.emit("before", 1);
            emitter.emit(Objects.requireNonNull(order.customer(), "no customer"), 2);
        });

        assertThat(view.count(ViewQuery.key("before"))).isEqualTo(2);
        assertThat(view.status().failed()).isOne();
        assertThat(view.status().failures()).singleElement().satisfies(failure -> {
            assertThat(failure.id()).isEqualTo("2");
            assertThat(failure.reason()).contains("NullPointerException", "no customer");
        });
        orders.save(order("2", "cid", 2));
        assertThat(view.status().failed()).isZero();
        assertThat(view.count(ViewQuery.key("before"))).isEqualTo(3);
        orders.save(order("2", null, 2));
        assertThat(view.status().failed()).isOne();
        orders.delete("2");
        assertThat(view.status().failed()).isZero();
        assertThat(view.status().rows()).isEqualTo(4);
    }

    @Test
    void checkedExceptionsAndErrorsLeaveOutThatDocumentAlone() {
        orders.insertAll(List.of(order("1", "ada", 1), order("2", "bob", 2), order("3", "cid", 3)));
        View<Order> view = orders.view("failing", 1, (order, emitter) -> {
            if (order.amount() == 1) {
                CheckedExceptions.throwAnyway(new IOException("no rates"));
            }
            if (order.amount() == 2) {
                throw new NoClassDefFoundError("Rates");
            }
            emitter.emit(order.customer());
        });

        assertThat(view.stream(ViewQuery.all()).map(ViewRow::key)).containsExactly("cid");
        assertThat(view.status().failures())
                .extracting(ViewStatus.Failure::reason)
                .containsExactly("java.io.IOException: no rates", "java.lang.NoClassDefFoundError: Rates");
    }

    @Test
    void aLongIdLeavesLessRoomForTheReasonOfAFailure() {
        String id = "x".repeat(65_400);
        try (Store longIds = Store.openInMemory(StoreOptions.defaults().withKeyBytesMax(65_535))) {
            longIds.collection("orders", Order.class).insertAll(List.of(order("1", "ada", 1), order(id, "bob", 2)));
            View<Order> view = longIds.collection("orders", Order.class).view("failing", 1, (order, emitter) -> {
                if (order.amount() == 2) {
                    throw new IllegalStateException("because ".repeat(30));
                }
                emitter.emit(order.customer());
            });

            assertThat(view.stream(ViewQuery.all()).map(ViewRow::key)).containsExactly("ada");
            assertThat(view.status().failures()).singleElement().satisfies(failure -> {
                assertThat(failure.id()).isEqualTo(id);
                assertThat(failure.reason()).startsWith("java.lang.IllegalStateException: because");
            });
        }
    }

    @Test
    void whatCannotBeStoredIsAFailureEvenIfTheFunctionDoesNotCare() {
        orders.insertAll(List.of(order("1", "ada", 1), order("2", "bob", 2)));
        AtomicReference<ViewEmitter> kept = new AtomicReference<>();
        View<Order> view = orders.view("careless", 1, (order, emitter) -> {
            kept.set(emitter);
            emitter.emit(order.customer());
            if (order.amount() == 2) {
                try {
                    emitter.emit("x".repeat(70_000));
                } catch (RuntimeException ignored) {
                    emitter.emit("again");
                }
            }
        });

        assertThat(view.stream(ViewQuery.all()).map(ViewRow::key)).containsExactly("ada");
        assertThat(view.status().failures())
                .singleElement()
                .satisfies(failure -> assertThat(failure.reason()).contains("too large"));
        assertThatThrownBy(() -> Objects.requireNonNull(kept.get()).emit("late"))
                .isInstanceOf(IllegalStateException.class);
    }

    @Test
    void aTransactionSeesItsOwnWrites() {
        orders.insert(order("1", "ada", 1));
        orders.view("byCustomer", 1, BY_CUSTOMER).refresh(OperationMonitor.none());
        store.runInTransaction(transaction -> {
            DocumentCollection<Order> inside = transaction.collection("orders", Order.class);
            View<Order> view = inside.view("byCustomer", 1, BY_CUSTOMER);
            inside.insert(order("2", "bob", 2));
            inside.save(order("1", "cid", 3));
            assertThat(view.stream(ViewQuery.all().withDocuments()).map(ViewTests::text))
                    .containsExactly("bob 2 2", "cid 1 3");
            assertThat(view.stream(ViewQuery.key("cid").withDocuments()))
                    .extracting(ViewRow::document)
                    .containsExactly(order("1", "cid", 3));
            inside.delete("2");
            assertThat(view.count(ViewQuery.all())).isOne();
            assertThat(orders.view("byCustomer", 1, BY_CUSTOMER).count(ViewQuery.key("ada")))
                    .as("nobody else does")
                    .isOne();
        });
        assertThat(orders.view("byCustomer", 1, BY_CUSTOMER).stream(ViewQuery.all())
                        .map(ViewTests::text))
                .containsExactly("cid 1 3");
    }

    @Test
    void aSnapshotSeesWhatItIsOf() {
        orders.insert(order("1", "ada", 1));
        Snapshot before = store.snapshot();
        View<Order> now = orders.view("byCustomer", 1, BY_CUSTOMER);
        orders.save(order("1", "bob", 2));
        orders.insert(order("2", "cid", 2));
        assertThat(now.count(ViewQuery.all())).isEqualTo(2);

        View<Order> then = before.collection("orders", Order.class).view("byCustomer", 1, BY_CUSTOMER);
        assertThat(then.stream(ViewQuery.all().withDocuments()).map(ViewTests::text))
                .containsExactly("ada 1 1");
        assertThat(now.stream(ViewQuery.all()).map(ViewTests::text)).containsExactly("bob 1 2", "cid 2 2");
    }

    @Test
    void aSerializableTransactionDependsOnWhatItReadOfAView() {
        orders.insert(order("1", "ada", 1));
        try (Transaction transaction = store.begin()) {
            DocumentCollection<Order> inside = transaction.collection("orders", Order.class);
            long count = inside.view("byCustomer", 1, BY_CUSTOMER).count(ViewQuery.key("ada"));
            inside.insert(order("counted", "sum", (int) count));
            orders.insert(order("2", "ada", 1));
            assertThatThrownBy(transaction::commit).isInstanceOf(TransactionConflictException.class);
        }
    }

    @Test
    void onlyDocumentsThatChangedAreMapped() {
        AtomicInteger calls = new AtomicInteger();
        for (int number = 0; number < 2_000; number++) {
            orders.insert(order("o" + number, "c", number));
        }
        for (int number = 0; number < 2_000; number += 2) { // So that compaction has something to gain.
            orders.save(order("o" + number, "c", number));
        }
        View<Order> view = orders.view("counted", 1, (order, emitter) -> {
            calls.incrementAndGet();
            emitter.emit(order.amount());
        });
        assertThat(view.count(ViewQuery.all())).isEqualTo(2_000);
        assertThat(calls.getAndSet(0)).isEqualTo(2_000);
        orders.save(order("o7", "d", 2000));
        orders.delete("o8");
        CompletableFuture<CompactionResult> compaction = store.compact();
        tasks.runWaiting();
        assertThat(compaction.join().segmentsCompacted()).isPositive();
        assertThat(view.count(ViewQuery.all())).isEqualTo(1_999);
        assertThat(calls.getAndSet(0))
                .as("what compaction moves has not changed")
                .isOne();
        store.runInTransaction(transaction -> {
            View<Order> inside =
                    transaction.collection("orders", Order.class).view("counted", 1, (order, emitter) -> {});
            assertThat(inside.count(ViewQuery.all())).isEqualTo(1_999);
        });
        assertThat(calls.get()).isZero();
    }

    @Test
    void aHigherVersionIsMadeAnewAndALowerOneRefused() {
        orders.insert(order("1", "ada", 1));
        View<Order> first = orders.view("v", 1, BY_CUSTOMER);
        assertThat(first.count(ViewQuery.key("ada"))).isOne();
        View<Order> second = orders.view("v", 2, (order, emitter) -> emitter.emit(order.amount()));
        assertThat(second.count(ViewQuery.key("ada"))).isZero();
        assertThat(second.count(ViewQuery.key(1))).isOne();
        assertThat(first.count(ViewQuery.key("ada"))).as("who has it may go on").isOne();
        assertThatExceptionOfType(ViewVersionException.class)
                .isThrownBy(() -> orders.view("v", 1, BY_CUSTOMER))
                .withMessageContaining("'v'")
                .withMessageContaining("version 2");
        assertThatThrownBy(() -> orders.view("no name", 1, BY_CUSTOMER)).isInstanceOf(InvalidNameException.class);
    }

    @Test
    void afterReopeningTheFunctionIsGivenAgain() {
        orders.insert(order("1", "ada", 1));
        assertThat(orders.view("byCustomer", 1, BY_CUSTOMER).count(ViewQuery.all()))
                .isOne();
        orders.insert(order("2", "bob", 1));
        store.close();
        store = open();
        orders = store.collection("orders", Order.class);
        orders.insert(order("3", "cid", 1));
        View<Order> view = orders.view("byCustomer", 1, BY_CUSTOMER);
        assertThat(view.stream(ViewQuery.all()).map(ViewRow::key)).containsExactly("ada", "bob", "cid");
    }

    @Test
    void aCollectionThatIsNotThereHasAnEmptyView() {
        View<Order> view = store.collection("none", Order.class).view("v", 1, BY_CUSTOMER);
        assertThat(view.stream(ViewQuery.all())).isEmpty();
        assertThat(view.statistics(ViewQuery.all()).rows()).isZero();
        store.collection("none", Order.class).insert(order("1", "ada", 1));
        assertThat(view.count(ViewQuery.all())).isOne();
    }

    @Test
    void makingAViewCanBeWatchedAndCancelled() {
        for (int number = 0; number < 3000; number++) {
            orders.insert(order("o" + number, "c", number));
        }
        View<Order> view = orders.view("byCustomer", 1, BY_CUSTOMER);
        AtomicInteger asked = new AtomicInteger();
        assertThatExceptionOfType(OperationCancelledException.class)
                .isThrownBy(() -> view.refresh(OperationMonitor.of(progress -> {}, () -> asked.incrementAndGet() == 2)))
                .withMessageContaining("'byCustomer'");
        List<Long> done = new ArrayList<>();
        view.refresh(OperationMonitor.of(progress -> done.add(progress.done())));
        assertThat(done).containsExactly(1024L, 2048L, 3000L);
    }

    @Test
    void readersAndWritersInManyThreadsAgree() {
        View<Order> view = orders.view("byAmount", 1, (order, emitter) -> emitter.emit(order.amount(), 1));
        List<CompletableFuture<Void>> work = new ArrayList<>();
        for (int thread = 0; thread < 3; thread++) {
            String prefix = thread + "-";
            work.add(CompletableFuture.runAsync(
                    () -> {
                        for (int number = 0; number < 150; number++) {
                            String id = prefix + number % 20;
                            orders.save(order(id, "c", number % 7));
                            assertThat(view.stream(ViewQuery.all().withDocuments()))
                                    .allSatisfy(row -> assertThat(row.document())
                                            .extracting(Order::amount)
                                            .isEqualTo(row.key()));
                        }
                    },
                    threads));
        }
        work.forEach(CompletableFuture::join);
        Map<Integer, Long> expected = new HashMap<>();
        orders.find(Query.all()).forEach(order -> expected.merge(order.amount(), 1L, Long::sum));
        assertThat(view.countByKey(ViewQuery.all())).isEqualTo(expected);
    }

    private static String text(ViewRow<Order> row) {
        return row.key() + " " + row.id() + " " + row.value();
    }

    private static Order order(String id, @Nullable String customer, int amount, String... items) {
        return new Order(id, customer, amount, List.of(items));
    }

    private Store open() {
        StoreOptions options =
                StoreOptions.defaults().withSegmentBytes(64 << 10).withDurability(Durability.OS);
        return TestStores.open(directory, options, TestEnvironments.stepped(1, tasks));
    }
}
