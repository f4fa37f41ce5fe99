package org.storedb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.storedb.error.InvalidNameException;
import org.storedb.error.LimitExceededException;
import org.storedb.error.ReadOnlyException;
import org.storedb.error.StoreClosedException;
import org.storedb.index.IndexDefinition;

class SequenceTests {

    @TempDir
    private Path directory;

    @Test
    void numbersFollowEachOther() {
        try (Store store = Store.openInMemory()) {
            Sequence sequence = store.sequence("orders");
            for (long number = 1; number <= 1_000; number++) {
                assertThat(sequence.next()).isEqualTo(number);
            }
            assertThat(store.sequence("orders").next()).isEqualTo(1_001);
            assertThat(store.sequence("others").next()).isEqualTo(1);
        }
    }

    @Test
    void noNumberIsGivenTwiceAcrossRestarts() {
        long last = 0;
        for (int run = 0; run < 20; run++) {
            try (Store store = Store.open(directory)) {
                for (int count = 0; count < run; count++) {
                    long next = store.sequence("orders").next();
                    assertThat(next).isGreaterThan(last);
                    last = next;
                }
            }
        }
        assertThat(last).isBetween(190L, 2L * 190);
    }

    @Test
    void numbersAreNotGivenBackByARollback() {
        try (Store store = Store.openInMemory()) {
            try (Transaction transaction = store.begin()) {
                assertThat(store.sequence("orders").next()).isEqualTo(1);
                transaction.rollback();
            }
            assertThat(store.sequence("orders").next()).isEqualTo(2);
        }
    }

    @Test
    void numbersAreLeftOutOnceAndForAll() {
        try (Store store = Store.open(directory)) {
            Sequence sequence = store.sequence("orders");
            sequence.advanceTo(1_000_000);
            assertThat(sequence.next()).isEqualTo(1_000_001);
            sequence.advanceTo(17);
            assertThat(sequence.next()).isEqualTo(1_000_002);
            sequence.next();
            sequence.next(); // the first of a block of four
            sequence.advanceTo(1_000_006);
            assertThat(sequence.next()).isEqualTo(1_000_007);
            assertThat(sequence.next()).isEqualTo(1_000_008);
            sequence.advanceTo(2_000_000);
        }
        try (Store store = Store.open(directory)) {
            Sequence sequence = store.sequence("orders");
            assertThat(sequence.next()).isEqualTo(2_000_001);
            assertThatExceptionOfType(IllegalArgumentException.class)
                    .isThrownBy(() -> sequence.advanceTo(-1))
                    .withMessageContaining("orders");
            sequence.advanceTo(Long.MAX_VALUE);
            assertThatExceptionOfType(LimitExceededException.class).isThrownBy(sequence::next);
        }
        try (Store store = Store.open(directory, StoreOptions.defaults().withAccess(Access.READ_ONLY))) {
            assertThatExceptionOfType(ReadOnlyException.class)
                    .isThrownBy(() -> store.sequence("orders").advanceTo(1));
        }
    }

    @Test
    void threadsShareTheNumbers() throws Exception {
        try (Store store = Store.openInMemory()) {
            ExecutorService threads = Executors.newFixedThreadPool(4);
            List<Future<List<Long>>> taken = new ArrayList<>();
            for (int thread = 0; thread < 4; thread++) {
                Callable<List<Long>> task = () -> LongStream.range(0, 500)
                        .mapToObj(number -> store.sequence("orders").next())
                        .toList();
                taken.add(threads.submit(task));
            }
            List<Long> all = new ArrayList<>();
            for (Future<List<Long>> each : taken) {
                all.addAll(each.get());
            }
            threads.shutdown();
            assertThat(all).doesNotHaveDuplicates().hasSize(2_000);
            assertThat(all.stream().mapToLong(Long::longValue).max()).hasValue(2_000);
        }
    }

    @Test
    void usersDoNotSeeWhereItIsKept() {
        try (Store store = Store.openInMemory()) {
            store.sequence("orders").next();
            assertThat(store.stats().keyspaces()).isEmpty();
            assertThatExceptionOfType(InvalidNameException.class).isThrownBy(() -> store.keyspace("_sequences"));
            assertThatExceptionOfType(InvalidNameException.class).isThrownBy(() -> store.sequence("no good"));
        }
    }

    @Test
    void namesThatAreNotAllowedAreShownInPart() {
        try (Store store = Store.openInMemory()) {
            assertThatExceptionOfType(InvalidNameException.class)
                    .isThrownBy(() -> store.sequence("x".repeat(5_000)))
                    .withMessageStartingWith(
                            "'" + "x".repeat(128) + "…' cannot be the name of a sequence: use 1 to 128");
            assertThatExceptionOfType(InvalidNameException.class)
                    .isThrownBy(() -> store.collection("a")
                            .createIndex(IndexDefinition.on("b").named("no good")))
                    .withMessageStartingWith("'no good' cannot be the name of an index:");
        }
    }

    @Test
    void readersAreRefused() {
        Sequence sequence;
        try (Store store = Store.open(directory)) {
            sequence = store.sequence("orders");
            sequence.next();
        }
        assertThatExceptionOfType(StoreClosedException.class).isThrownBy(sequence::next);
        try (Store reader = Store.open(directory, StoreOptions.defaults().withAccess(Access.READ_ONLY))) {
            assertThatExceptionOfType(ReadOnlyException.class).isThrownBy(() -> reader.sequence("orders"));
        }
    }
}
