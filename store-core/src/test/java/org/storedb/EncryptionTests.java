package org.storedb;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.assertj.core.api.ThrowableAssertAlternative;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.storedb.error.CorruptStoreException;
import org.storedb.error.WrongKeyException;
import org.storedb.index.IndexDefinition;
import org.storedb.testing.SimulatedDirectory;
import org.storedb.testing.SteppedTasks;
import org.storedb.testing.TestEnvironments;

class EncryptionTests {

    private static final int SEGMENT_BYTES = 64 << 10;
    private static final int ENTRIES = 300;

    private SteppedTasks tasks = new SteppedTasks();
    private SimulatedDirectory files = new SimulatedDirectory();

    @Test
    void whatIsWrittenIsReadAfterReopening() {
        write(keys("first"));

        assertReadable(keys("first"));
    }

    @Test
    void nothingOfTheUserIsLegibleInAnyFile() {
        try (Store store = open(keys("first"))) {
            fill(store);
            DocumentCollection<Map<String, @Nullable Object>> people = store.collection("secretpeople");
            people.createIndex(IndexDefinition.uniqueOn("secretfield"));
            people.insert(Map.of("id", "secretid", "secretfield", "secretvalue"));
            people.insert(Map.of("id", "secretid2", "secretfield", "secretvalue2"));
            people.delete("secretid2");
            compact(store);
            people.insert(Map.of("id", "secretid3", "secretfield", "secretvalue3"));
        }
        files.visibleFiles()
                .forEach((name, content) ->
                        assertThat(new String(content, ISO_8859_1)).as(name).doesNotContainIgnoringCase("secret"));
    }

    @Test
    void missingKeyIsAskedForByItsName() {
        write(keys("first"));

        assertWrongKey(null).withMessageContaining("'first'").withMessageContaining("withEncryption");
    }

    @Test
    void unknownKeyIsAskedForByItsName() {
        write(keys("first"));

        assertWrongKey(keys("second")).withMessageContaining("'first'").withMessageContaining("[second]");
    }

    @Test
    void otherKeyOfTheSameIdIsNotTakenForDamage() {
        write(keys("first"));

        assertWrongKey(EncryptionKeys.of("first", key("something else")))
                .withMessageContaining("a key 'first' that is" + " not the one given");
    }

    @Test
    void keysForAStoreThatIsNotEncryptedAreRefusedUnlessItIsToBeEncrypted() {
        write(null);

        assertWrongKey(keys("first")).withMessageContaining("encryptingExisting");
        assertReadable(keys("first").encryptingExisting());
    }

    @Test
    void storeIsEncryptedByCompacting() {
        write(null);
        try (Store store = open(keys("first").encryptingExisting())) {
            store.keyspace("other").put(bytes("late secret"), bytes("late secret value"));
            assertThat(keysInUse(store)).containsExactlyInAnyOrder("none", "first");

            compact(store);

            assertThat(keysInUse(store)).containsExactly("first");
        }
        assertReadable(keys("first"));
        nothingLegible();
    }

    @Test
    void storeIsWrittenWithTheNewKeyFromItsFirstWriteOn() {
        write(keys("first"));

        try (Store store = open(rotated())) {
            assertThat(keysInUse(store)).containsExactly("first");
            store.keyspace("secrets").put(bytes("more"), bytes("secret"));
            assertThat(keysInUse(store)).containsExactlyInAnyOrder("first", "second");
        }
        assertWrongKey(keys("second")).withMessageContaining("'first'");
    }

    @Test
    void formerKeyIsNotNeededAnyMoreAfterCompaction() {
        write(keys("first"));
        try (Store store = open(rotated())) {
            compact(store);
            assertThat(keysInUse(store)).containsExactly("second");
        }

        assertReadable(keys("second"));
        assertWrongKey(keys("first")).withMessageContaining("'second'");
    }

    /** Nothing else would make it worth its while. */
    @Test
    void segmentWithoutAnythingDeadIsCompactedForItsKey() {
        try (Store store = open(keys("first"))) {
            store.keyspace("secrets").put(bytes("large"), new byte[50_000]);
        }
        try (Store store = open(rotated())) {
            compact(store);
            assertThat(keysInUse(store)).containsExactly("second");
            compact(store);
            assertThat(store.compactionStatus().lastResults().get(0).segmentsCompacted())
                    .isZero();
        }
    }

    @Test
    void compactionByPolicyLeavesSegmentsOfAFormerKeyAlone() {
        write(keys("first"));
        try (Store store = open(rotated())) {
            tasks.runRepeated();
            tasks.runWaiting();
            assertThat(keysInUse(store)).containsExactly("first");
        }
    }

    @Test
    void wrappedKeyOfAnotherSegmentIsDamage() {
        write(keys("first"));
        Map<String, byte[]> good = files.visibleFiles();
        byte[] one = Objects.requireNonNull(good.get("segment-0000000001.log"));
        byte[] other =
                Objects.requireNonNull(good.get("segment-0000000002.log")).clone();
        System.arraycopy(one, 64, other, 64, 112);
        files = new SimulatedDirectory(with(good, "segment-0000000002.log", other));

        assertThatExceptionOfType(CorruptStoreException.class)
                .isThrownBy(() -> open(keys("first")))
                .withMessageContaining("segment-0000000002.log");
    }

    @Test
    void keysAreNotShownAndNotKept() {
        byte[] key = key("first");
        EncryptionKeys keys = EncryptionKeys.of("first", key).withFormer("zero", key("zero"));
        Arrays.fill(key, (byte) 0);

        assertThat(keys).hasToString("EncryptionKeys[first, zero]");
        try (Store store = open(keys)) {
            fill(store);
        }
        assertReadable(keys("first"));
    }

    @Test
    void unfitKeysAreRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> EncryptionKeys.of("a", new byte[16]))
                .withMessageContaining("32 bytes");
        assertThatIllegalArgumentException().isThrownBy(() -> EncryptionKeys.of("", new byte[32]));
        assertThatIllegalArgumentException().isThrownBy(() -> EncryptionKeys.of("a b", new byte[32]));
        assertThatIllegalArgumentException().isThrownBy(() -> EncryptionKeys.of("a".repeat(32), new byte[32]));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> keys("a").withFormer("a", new byte[32]))
                .withMessageContaining("'a'");
    }

    private void write(@Nullable EncryptionKeys keys) {
        try (Store store = open(keys)) {
            fill(store);
        }
    }

    private static void fill(Store store) {
        Keyspace secrets = store.keyspace("secrets");
        for (int i = 0; i < ENTRIES; i++) {
            secrets.put(bytes("secret key " + i), value(i));
        }
        secrets.delete(bytes("secret key 0"));
    }

    private static byte[] value(int i) {
        return bytes(("secret value " + i + ' ').repeat(i % 50));
    }

    private void assertReadable(EncryptionKeys keys) {
        try (Store store = open(keys)) {
            assertComplete(store);
        }
    }

    private static void assertComplete(Store store) {
        Keyspace secrets = store.keyspace("secrets");
        assertThat(secrets.get(bytes("secret key 0"))).isNull();
        for (int i = 1; i < ENTRIES; i++) {
            assertThat(secrets.get(bytes("secret key " + i))).isEqualTo(value(i));
        }
    }

    private ThrowableAssertAlternative<WrongKeyException> assertWrongKey(@Nullable EncryptionKeys keys) {
        Map<String, byte[]> before = files.visibleFiles();
        ThrowableAssertAlternative<WrongKeyException> refusal =
                assertThatExceptionOfType(WrongKeyException.class).isThrownBy(() -> open(keys));
        assertThat(files.visibleFiles()).containsExactlyEntriesOf(before);
        assertThat(files.openFiles()).isEmpty();
        return refusal;
    }

    private void nothingLegible() {
        files.visibleFiles()
                .forEach((name, content) ->
                        assertThat(new String(content, ISO_8859_1)).as(name).doesNotContain("secret"));
    }

    private void compact(Store store) {
        var result = store.compact();
        tasks.runWaiting();
        result.join();
    }

    private static Set<String> keysInUse(Store store) {
        return store.stats().log().segments().stream()
                .map(segment -> Objects.requireNonNullElse(segment.keyId(), "none"))
                .collect(Collectors.toSet());
    }

    private static EncryptionKeys rotated() {
        return keys("second").withFormer("first", key("first"));
    }

    private static EncryptionKeys keys(String id) {
        return EncryptionKeys.of(id, key(id));
    }

    private static byte[] key(String from) {
        return Arrays.copyOf(bytes(from), 32);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(UTF_8);
    }

    private static Map<String, byte[]> with(Map<String, byte[]> files, String name, byte[] content) {
        Map<String, byte[]> changed = new TreeMap<>(files);
        changed.put(name, content);
        return changed;
    }

    private Store open(@Nullable EncryptionKeys keys) {
        StoreOptions options = StoreOptions.defaults().withSegmentBytes(SEGMENT_BYTES);
        tasks = new SteppedTasks();
        return TestStores.open(
                files,
                keys == null ? options : options.withEncryption(keys),
                TestEnvironments.stepped(files.hashCode(), tasks));
    }
}
