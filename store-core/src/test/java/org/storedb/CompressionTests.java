package org.storedb;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.storedb.testing.SimulatedDirectory;
import org.storedb.testing.SteppedTasks;
import org.storedb.testing.TestEnvironments;

class CompressionTests {

    private static final List<Integer> LENGTHS =
            List.of(0, 1, 511, 512, 513, 1000, 10_000, 70_000, 300_000, (1 << 20) - 1, 1 << 20, (1 << 20) + 1);

    private final SimulatedDirectory files = new SimulatedDirectory();
    private SteppedTasks tasks = new SteppedTasks();
    private final Map<String, byte[]> values = new HashMap<>();

    static Stream<Compression> methods() {
        return Stream.of(Compression.NONE, Compression.lz4(), Compression.zstd(), Compression.zstd(1));
    }

    @ParameterizedTest
    @MethodSource("methods")
    void valuesOfAnyLengthComeBack(Compression compression) {
        try (Store store = open(compression)) {
            putValues(store.keyspace("values"));
            assertValues(store);
        }
        try (Store store = open(compression)) {
            assertValues(store);
            compact(store);
            assertValues(store);
        }
        try (Store store = open(compression)) {
            assertValues(store);
        }
    }

    @Test
    void storeReadsWhatAnyMethodWrote() {
        methods().forEach(compression -> {
            try (Store store = open(compression)) {
                putValues(store.keyspace("values"));
                assertValues(store);
            }
        });
        try (Store store = open(Compression.NONE)) {
            assertValues(store);
            compact(store);
            assertValues(store);
        }
    }

    @Test
    void compressedValuesTakeLessSpace() {
        byte[] text = "Lorem ipsum dolor sit amet, consectetur adipiscing elit, sed do. "
                .repeat(30)
                .getBytes(UTF_8);
        for (Compression compression : List.of(Compression.lz4(), Compression.zstd())) {
            try (Store store = TestStores.open(
                    new SimulatedDirectory(), options(compression), TestEnvironments.stepped(1, tasks))) {
                store.keyspace("values").put(bytes("a"), text);
                assertThat(store.stats().log().liveBytes())
                        .as(compression.toString())
                        .isLessThan(text.length / 4);
                assertThat(store.keyspace("values").get(bytes("a"))).isEqualTo(text);
            }
        }
    }

    @Test
    void chanceIsStoredAsItIs() {
        byte[] chance = random(5000, 5000);
        long plain = bytesOf(Compression.NONE, chance);
        assertThat(bytesOf(Compression.lz4(), chance)).isEqualTo(plain);
        assertThat(bytesOf(Compression.zstd(), chance)).isEqualTo(plain);
    }

    @Test
    void levelsAreBounded() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Compression.zstd(0))
                .withMessageContaining("1 to 22");
        assertThatIllegalArgumentException().isThrownBy(() -> Compression.zstd(23));
    }

    @Test
    void methodsAreValues() {
        assertThat(Compression.zstd(3)).isEqualTo(Compression.zstd()).hasSameHashCodeAs(Compression.zstd());
        assertThat(Compression.zstd(4)).isNotEqualTo(Compression.zstd()).hasToString("zstd(4)");
        assertThat(Compression.lz4()).isNotEqualTo(Compression.NONE).hasToString("lz4");
        assertThat(Compression.NONE).hasToString("none");
    }

    private long bytesOf(Compression compression, byte[] value) {
        try (Store store =
                TestStores.open(new SimulatedDirectory(), options(compression), TestEnvironments.stepped(1, tasks))) {
            store.keyspace("values").put(bytes("a"), value);
            return store.stats().log().bytesOnDisk();
        }
    }

    /** For each length: only zeros, chance, and a mixture. */
    private void putValues(Keyspace keyspace) {
        for (int length : LENGTHS) {
            for (int chance : List.of(0, length / 3, length)) {
                String key = values.size() + " of " + length + " with " + chance;
                byte[] value = random(length, chance);
                values.put(key, value);
                keyspace.put(bytes(key), value);
            }
        }
    }

    private void assertValues(Store store) {
        Keyspace keyspace = store.keyspace("values");
        assertThat(keyspace.count()).isEqualTo(values.size());
        values.forEach(
                (key, value) -> assertThat(keyspace.get(bytes(key))).as(key).isEqualTo(value));
    }

    private static byte[] random(int length, int chance) {
        byte[] value = new byte[length];
        byte[] part = new byte[chance];
        new Random(length).nextBytes(part);
        System.arraycopy(part, 0, value, 0, chance);
        return value;
    }

    private void compact(Store store) {
        var result = store.compact();
        tasks.runWaiting();
        result.join();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(UTF_8);
    }

    private static StoreOptions options(Compression compression) {
        return StoreOptions.defaults().withSegmentBytes(64 << 10).withCompression(compression);
    }

    private Store open(Compression compression) {
        tasks = new SteppedTasks();
        return TestStores.open(files, options(compression), TestEnvironments.stepped(1, tasks));
    }
}
