package org.storedb;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.storedb.error.CorruptStoreException;
import org.storedb.error.StoreIoException;
import org.storedb.internal.io.MemoryDirectory;
import org.storedb.testing.InterceptedDirectory;
import org.storedb.testing.IoInterceptor;
import org.storedb.testing.IoOperation;

/** A scan looks at records before it comes to them. None of that shows. */
class ScanReadTests {

    private static final int ENTRIES = 200;
    private static final int RECORD_HEAD_BYTES = 5;

    @TempDir
    Path directory;

    /** Where the damage is, counted from the first byte of the value: in it, in the tag before it, in the checksum. */
    @ParameterizedTest
    @ValueSource(ints = {0, 3, -1, -2, -RECORD_HEAD_BYTES})
    void damageShowsAtItsEntryAndNowhereElse(int place) throws IOException {
        int damaged = 77;
        try (Store store = Store.open(directory)) {
            Keyspace keyspace = fill(store);
            flipByte(value(damaged).getBytes(UTF_8), place);
            for (Keyspace.Direction direction : Keyspace.Direction.values()) {
                Iterator<KeyValue> entries =
                        keyspace.scan(KeyRange.all(), direction).iterator();
                List<String> read = new ArrayList<>();
                assertThatExceptionOfType(CorruptStoreException.class).isThrownBy(() -> {
                    while (entries.hasNext()) {
                        read.add(new String(entries.next().value(), UTF_8));
                    }
                });
                boolean ascending = direction == Keyspace.Direction.ASCENDING;
                assertThat(read)
                        .containsExactlyElementsOf(IntStream.range(0, ascending ? damaged : ENTRIES - 1 - damaged)
                                .mapToObj(i -> value(ascending ? i : ENTRIES - 1 - i))
                                .toList());
            }
            assertThatExceptionOfType(CorruptStoreException.class).isThrownBy(() -> keyspace.get(key(damaged)));
            assertThat(keyspace.get(key(damaged + 1)))
                    .isEqualTo(value(damaged + 1).getBytes(UTF_8));
            assertThat(keyspace.keys(KeyRange.all())).hasSize(ENTRIES);
        }
    }

    @Test
    void failedReadShowsAtItsEntryAndHarmsNoOtherScan() {
        FailingReads reads = new FailingReads();
        try (Store store =
                Store.open(new InterceptedDirectory(new MemoryDirectory(), reads), StoreOptions.defaults())) {
            Keyspace keyspace = fill(store);
            Iterator<KeyValue> entries = keyspace.scan(KeyRange.all()).iterator();
            for (int i = 0; i < 50; i++) {
                assertThat(entries.next().value()).isEqualTo(value(i).getBytes(UTF_8));
            }
            reads.failing = true;
            assertThatExceptionOfType(StoreIoException.class).isThrownBy(() -> entries.forEachRemaining(entry -> {}));
            assertThatExceptionOfType(StoreIoException.class).isThrownBy(() -> keyspace.get(key(3)));
            assertThat(keyspace.keys(KeyRange.all())).hasSize(ENTRIES);

            reads.failing = false;
            assertThat(keyspace.scan(KeyRange.all())).hasSize(ENTRIES);
        }
    }

    @Test
    void headsThatCouldNotBeReadAheadAreReadAgain() {
        FailingReads reads = new FailingReads();
        try (Store store =
                Store.open(new InterceptedDirectory(new MemoryDirectory(), reads), StoreOptions.defaults())) {
            Keyspace keyspace = fill(store);
            reads.failing = true;
            for (int limit = 0; limit < ENTRIES; limit++) {
                reads.failingFrom = limit; // Some of them fail while others are looked at, some for their values.
                reads.count = 0;
                List<String> read = new ArrayList<>();
                try {
                    keyspace.scan(KeyRange.all()).forEach(entry -> read.add(new String(entry.value(), UTF_8)));
                } catch (StoreIoException e) {
                    assertThat(e).hasMessageContaining("fails on purpose");
                }
                assertThat(read)
                        .containsExactlyElementsOf(IntStream.range(0, read.size())
                                .mapToObj(ScanReadTests::value)
                                .toList());
            }
        }
    }

    @Test
    void ownWritesOfATransactionStandAmongTheOthers() {
        try (Store store = Store.openInMemory()) {
            fill(store);
            try (Transaction transaction = store.begin(TransactionOptions.defaults())) {
                Keyspace own = transaction.keyspace("entries");
                for (int i = 0; i < ENTRIES; i += 3) {
                    own.put(key(i), ("own " + i).getBytes(UTF_8));
                }
                List<String> read = own.scan(KeyRange.all())
                        .map(entry -> new String(entry.value(), UTF_8))
                        .toList();
                assertThat(read)
                        .containsExactlyElementsOf(IntStream.range(0, ENTRIES)
                                .mapToObj(i -> i % 3 == 0 ? "own " + i : value(i))
                                .toList());
            }
        }
    }

    /** Of records that are read together or alone: short and long, compressed, expiring, in any order, between others. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6})
    void scansReadWhatLookUpsRead(long seed) {
        Random random = new Random(seed);
        StoreOptions options = StoreOptions.defaults()
                .withSegmentBytes(64 << 10)
                .withCompression(seed % 2 == 0 ? Compression.lz4() : Compression.NONE);
        try (Store store = Store.openInMemory(options)) {
            for (int i = 0; i < 3000; i++) {
                byte[] value = new byte[i % 500 == 0 ? 100_000 : random.nextInt(random.nextInt(10) == 0 ? 9000 : 200)];
                if (random.nextBoolean()) {
                    random.nextBytes(value);
                }
                Expiry expiry = random.nextInt(4) == 0 ? Expiry.after(Duration.ofDays(1)) : Expiry.never();
                store.keyspace(random.nextInt(8) == 0 ? "others" : "entries")
                        .put(key(random.nextInt(1000)), value, expiry);
            }
            requireScansOf(store, random);
            assertThat(store.compact().join().segmentsCompacted()).isPositive();
            requireScansOf(store, random);
            store.keyspace("entries").delete(key(500));
            store.keyspace("entries").put(key(501), new byte[3]);
            requireScansOf(store, random);
        }
    }

    private static void requireScansOf(Store store, Random random) {
        Keyspace keyspace = store.keyspace("entries");
        for (int i = 0; i < 60; i++) {
            KeyRange range = i == 0 ? KeyRange.all() : KeyRange.from(key(random.nextInt(1000)));
            for (Keyspace.Direction direction : Keyspace.Direction.values()) {
                List<KeyValue> entries = keyspace.scan(range, direction)
                        .limit(1 + random.nextInt(i == 0 ? 2000 : 100))
                        .toList();
                for (KeyValue entry : entries) {
                    assertThat(entry.value()).isEqualTo(keyspace.get(entry.key()));
                }
            }
        }
    }

    private static Keyspace fill(Store store) {
        Keyspace keyspace = store.keyspace("entries");
        for (int i = 0; i < ENTRIES; i++) {
            keyspace.put(key(i), value(i).getBytes(UTF_8));
        }
        return keyspace;
    }

    private static byte[] key(int number) {
        return "key %05d".formatted(number).getBytes(UTF_8);
    }

    private static String value(int number) {
        return "the value of number %05d".formatted(number);
    }

    /** Changes a byte of the only record with this value. */
    private void flipByte(byte[] value, int place) throws IOException {
        String wanted = new String(value, UTF_8);
        try (DirectoryStream<Path> segments = Files.newDirectoryStream(directory, "segment-*")) {
            for (Path segment : segments) {
                int at = new String(Files.readAllBytes(segment), ISO_8859_1).indexOf(wanted);
                if (at >= 0) {
                    try (RandomAccessFile file = new RandomAccessFile(segment.toFile(), "rw")) {
                        file.seek(at + place);
                        int before = file.read();
                        file.seek(at + place);
                        file.write(before ^ 0x80);
                    }
                    return;
                }
            }
        }
        throw new AssertionError("No segment has '" + wanted + "'");
    }

    private static final class FailingReads implements IoInterceptor {

        private boolean failing;
        private int failingFrom;
        private int count;

        @Override
        public void before(IoOperation operation) throws IOException {
            if (failing && operation.kind() == IoOperation.Kind.READ && count++ >= failingFrom && count % 2 == 0) {
                throw new IOException("fails on purpose");
            }
        }
    }
}
