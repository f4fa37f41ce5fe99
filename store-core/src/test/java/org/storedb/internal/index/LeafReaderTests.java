package org.storedb.internal.index;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.storedb.error.CorruptStoreException;
import org.storedb.internal.bytes.ByteReader;
import org.storedb.internal.bytes.ByteWriter;
import org.storedb.internal.bytes.MalformedBytesException;

class LeafReaderTests {

    @ParameterizedTest
    @EnumSource(KeyShape.class)
    void treeThatIsReadIsTheOneThatWasWritten(KeyShape shape) {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        NavigableMap<byte[], Long> entries = new TreeMap<>(Arrays::compareUnsigned);
        TreeEditor<Long> editor = CountedTree.empty(LongLayout.TWO_WORDS).edit();
        for (int i = 0; i < 5_000; i++) {
            byte[] key = shape.key(random);
            if (random.nextInt(3) > 0) {
                entries.put(key, (long) i);
                editor.put(key, (long) i);
            } else {
                entries.remove(key);
                editor.remove(key);
            }
        }

        CountedTree<Long> read = read(written(editor.build()));

        read.checkInvariants();
        TreeAssertions.checkEntries(read, entries);
        TreeEditor<Long> emptied = read.edit();
        for (byte[] key : entries.keySet()) {
            assertThat(emptied.remove(key)).as("seed %d", seed).isEqualTo(entries.get(key));
        }
        assertThat(emptied.size()).isZero();
    }

    @Test
    void emptyTreeHasNoLeaves() {
        assertThat(written(CountedTree.empty(LongLayout.TWO_WORDS))).isEmpty();
        assertThat(read(List.of()).isEmpty()).isTrue();
    }

    @Test
    void leavesOutOfOrderAreRefused() {
        List<byte[]> leaves = written(tree(500));
        List<byte[]> swapped = new ArrayList<>(leaves);
        swapped.set(1, leaves.get(2));
        swapped.set(2, leaves.get(1));

        assertThatThrownBy(() -> read(swapped)).isInstanceOf(MalformedBytesException.class);
        assertThatThrownBy(() -> read(List.of(leaves.get(0), leaves.get(0))))
                .isInstanceOf(MalformedBytesException.class);
    }

    @Test
    void valueThatIsNotValidIsRefused() {
        List<byte[]> leaves = written(tree(500));
        CountedTree<Long> read = read(leaves, LongLayout.TWO_WORDS, new NotThree());

        assertThatThrownBy(() -> read.get(new byte[] {0, 3}))
                .isInstanceOf(CorruptStoreException.class)
                .hasMessageContaining("The file test has an invalid leaf at byte 0, ")
                .hasMessageContaining("Value 3 of a leaf is invalid");
        assertThat(read.get(new byte[] {1, 0})).isEqualTo(256);
        assertThatThrownBy(() -> read(leaves.subList(0, 1), LongLayout.TWO_WORDS, new NotThree()))
                .as("a tree without other nodes")
                .isInstanceOf(MalformedBytesException.class);
    }

    @Test
    void leafIsDecodedWhenItIsNeeded() {
        CountedTree<Long> read = read(written(tree(500)));

        assertThat(storedLeaves(read)).isEqualTo(9);
        assertThat(read.size()).isEqualTo(500);
        assertThat(read.get(new byte[] {1, 0})).isEqualTo(256);
        assertThat(read.get(new byte[] {1, 1})).isEqualTo(257);
        assertThat(storedLeaves(read)).isEqualTo(8);
        assertThat(read.count(new TreeRange(new byte[] {0, 5}, new byte[] {1, 0x40})))
                .isEqualTo(0x13B);
        assertThat(storedLeaves(read)).isEqualTo(6);
        read.checkInvariants();
        assertThat(storedLeaves(read)).isZero();
    }

    /** Nodes that two versions share have to stay the same for them to be compared fast. */
    @Test
    void allVersionsFindTheSameLeaf() {
        CountedTree<Long> read = read(written(tree(500)));
        TreeEditor<Long> editor = read.edit();
        editor.put(new byte[] {0, 0, 0}, -1L);
        CountedTree<Long> next = editor.build();

        assertThat(next.root().leafFor(new byte[] {1, 0})).isSameAs(read.root().leafFor(new byte[] {1, 0}));
        TreeDifference<Long> difference =
                TreeDifference.between(LongLayout.TWO_WORDS, read, next, (one, other) -> one.equals(other));
        assertThat(difference.next()).isTrue();
        assertThat(difference.key()).isEqualTo(new byte[] {0, 0, 0});
        assertThat(difference.next()).isFalse();
        next.checkInvariants();
        read.checkInvariants();
    }

    @ParameterizedTest
    @EnumSource(KeyShape.class)
    void treeThatIsReadCanBeEdited(KeyShape shape) {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        for (int run = 0; run < 5; run++) {
            NavigableMap<byte[], Long> entries = new TreeMap<>(Arrays::compareUnsigned);
            TreeEditor<Long> editor = CountedTree.empty(LongLayout.TWO_WORDS).edit();
            putSome(2_000, shape, random, editor, entries);
            CountedTree<Long> read = read(written(editor.build()));
            NavigableMap<byte[], Long> before = new TreeMap<>(entries);
            TreeEditor<Long> edited = read.edit();
            for (int i = 0; i < 1 + random.nextInt(1_000); i++) {
                byte[] key = random.nextInt(3) == 0 || before.isEmpty() ? shape.key(random) : anyKey(before, random);
                boolean removed = random.nextInt(3) > 0;
                assertThat(removed ? edited.remove(key) : edited.put(key, (long) -i))
                        .as("seed %d", seed)
                        .isEqualTo(removed ? entries.remove(key) : entries.put(key, (long) -i));
            }
            CountedTree<Long> after = edited.build();
            after.checkInvariants();
            TreeAssertions.checkEntries(after, entries);
            read.checkInvariants();
            TreeAssertions.checkEntries(read, before);
        }
    }

    private static void putSome(
            int count, KeyShape shape, Random random, TreeEditor<Long> editor, NavigableMap<byte[], Long> entries) {
        for (int i = 0; i < count; i++) {
            byte[] key = shape.key(random);
            entries.put(key, (long) i);
            editor.put(key, (long) i);
        }
    }

    private static byte[] anyKey(NavigableMap<byte[], Long> entries, Random random) {
        byte[] from = {(byte) random.nextInt(256), (byte) random.nextInt(256)};
        byte[] found = entries.ceilingKey(from);
        return found == null ? entries.firstKey() : found;
    }

    /** Threads meet at the same leaves, and some of them take the tree further meanwhile. */
    @Test
    void manyThreadsMayComeToLeavesAtOnce() throws Exception {
        List<byte[]> leaves = written(tree(20_000));
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try {
            for (int run = 0; run < 30; run++) {
                CountedTree<Long> read = read(leaves);
                List<Callable<Long>> sums = new ArrayList<>();
                for (int i = 0; i < 2; i++) {
                    sums.add(() -> sum(read));
                    sums.add(() -> sum(withEveryTenthOverwritten(read)));
                }
                for (Future<Long> sum : threads.invokeAll(sums, 30, TimeUnit.SECONDS)) {
                    assertThat(sum.get()).isEqualTo(20_000L * 19_999 / 2);
                }
                read.checkInvariants();
            }
        } finally {
            threads.shutdownNow();
        }
    }

    private static CountedTree<Long> withEveryTenthOverwritten(CountedTree<Long> tree) {
        TreeEditor<Long> editor = tree.edit();
        for (int i = 0; i < 20_000; i += 10) {
            editor.put(new byte[] {(byte) (i >> 8), (byte) i}, (long) i);
        }
        return editor.build();
    }

    private static long sum(CountedTree<Long> tree) {
        long sum = 0;
        for (int i = 0; i < 20_000; i++) {
            sum += Objects.requireNonNull(tree.get(new byte[] {(byte) (i >> 8), (byte) i}));
        }
        return sum;
    }

    /** The separators are right, but what is between them is not: nothing wrong may be found. */
    @Test
    void leafInThePlaceOfAnotherOneIsRefused() {
        List<byte[]> leaves = written(tree(500));
        List<byte[]> swapped = new ArrayList<>(leaves);
        swapped.set(3, withContent(leaves.get(3), leaves.get(4)));
        swapped.set(4, withContent(leaves.get(4), leaves.get(3)));
        CountedTree<Long> read = read(swapped);

        for (int i = 0; i < 500; i++) {
            byte[] key = {(byte) (i >> 8), (byte) i};
            int leaf = i / 56;
            if (leaf == 3 || leaf == 4) {
                assertThatThrownBy(() -> read.get(key))
                        .isInstanceOf(CorruptStoreException.class)
                        .hasMessageContaining("keys that belong to another one");
            } else {
                assertThat(read.get(key)).isEqualTo(i);
            }
        }
    }

    private static byte[] withContent(byte[] leaf, byte[] other) {
        int from = 5 + leaf[4];
        int otherFrom = 5 + other[4];
        ByteWriter changed = new ByteWriter();
        changed.putInt(from - Integer.BYTES + other.length - otherFrom);
        changed.putBytes(leaf, Integer.BYTES, from - Integer.BYTES);
        changed.putBytes(other, otherFrom, other.length - otherFrom);
        return changed.toByteArray();
    }

    @ParameterizedTest
    @EnumSource(KeyShape.class)
    void leavesOfVersion1AreRead(KeyShape shape) {
        Random random = new Random(System.nanoTime());
        NavigableMap<byte[], Long> entries = new TreeMap<>(Arrays::compareUnsigned);
        TreeEditor<Long> editor = CountedTree.empty(LongLayout.TWO_WORDS).edit();
        putSome(3_000, shape, random, editor, entries);
        LeafReader<Long> reader = new LeafReader<>(LongLayout.TWO_WORDS, ValueFields.ofWords(2), "test");
        for (byte[] leaf : written(editor.build())) {
            ByteReader source = new ByteReader(leaf);
            source.readInt();
            source.readLengthAndBytes();
            reader.readNextOfVersion1(source);
        }

        CountedTree<Long> read = reader.build();

        assertThat(storedLeaves(read)).isZero();
        read.checkInvariants();
        TreeAssertions.checkEntries(read, entries);
    }

    private static int storedLeaves(CountedTree<?> tree) {
        return storedLeaves(tree.root());
    }

    private static int storedLeaves(Node node) {
        int stored = 0;
        if (node instanceof Inner inner) {
            for (int i = 0; i < inner.childCount(); i++) {
                stored += inner.isStored(i) ? 1 : storedLeaves(inner.child(i));
            }
        }
        return stored;
    }

    /** Without a checksum around it, any change of a leaf must lead to a refusal, sooner or later, or to a well-formed tree. */
    @Test
    void noBytesMakeATreeThatIsNotWellFormed() {
        Random random = new Random(1);
        int refused = 0;
        for (KeyShape shape : KeyShape.values()) {
            TreeEditor<Presence> editor = CountedTree.empty(Presence.LAYOUT).edit();
            for (int i = 0; i < 60; i++) {
                editor.put(shape.key(random), Presence.PRESENT);
            }
            List<byte[]> leaves = written(editor.build());
            for (int i = 0; i < 3_000; i++) {
                List<byte[]> damaged = new ArrayList<>(leaves);
                int at = random.nextInt(leaves.size());
                byte[] leaf = leaves.get(at).clone();
                leaf[random.nextInt(Math.min(leaf.length, 200))] ^= (byte) (1 << random.nextInt(8));
                damaged.set(at, random.nextInt(4) == 0 ? Arrays.copyOf(leaf, random.nextInt(leaf.length)) : leaf);
                try {
                    read(damaged, Presence.LAYOUT).checkInvariants();
                } catch (MalformedBytesException | CorruptStoreException e) {
                    refused++;
                }
            }
        }
        assertThat(refused).isGreaterThan(1_000);
    }

    /** Words as they are, but for the value 3. */
    private static final class NotThree implements ValueFields {

        @Override
        public int count() {
            return 2;
        }

        @Override
        public void split(long[] words, long[] fields) {
            throw new UnsupportedOperationException();
        }

        @Override
        public boolean join(long[] fields, long[] words) {
            System.arraycopy(fields, 0, words, 0, 2);
            return fields[0] != 3;
        }
    }

    private static CountedTree<Long> tree(int size) {
        TreeBuilder<Long> builder = new TreeBuilder<>(LongLayout.TWO_WORDS);
        for (int i = 0; i < size; i++) {
            builder.add(new byte[] {(byte) (i >> 8), (byte) i}, (long) i);
        }
        return builder.build();
    }

    private static List<byte[]> written(CountedTree<?> tree) {
        List<byte[]> leaves = new ArrayList<>();
        LeafWriter writer =
                new LeafWriter(tree, ValueFields.ofWords(tree.layout().words()));
        while (writer.hasNext()) {
            ByteWriter leaf = new ByteWriter();
            writer.writeNext(leaf);
            leaves.add(leaf.toByteArray());
        }
        return leaves;
    }

    private static CountedTree<Long> read(List<byte[]> leaves) {
        return read(leaves, LongLayout.TWO_WORDS);
    }

    private static <V> CountedTree<V> read(List<byte[]> leaves, ValueLayout<V> layout) {
        return read(leaves, layout, ValueFields.ofWords(layout.words()));
    }

    private static <V> CountedTree<V> read(List<byte[]> leaves, ValueLayout<V> layout, ValueFields fields) {
        LeafReader<V> reader = new LeafReader<>(layout, fields, "test");
        for (byte[] leaf : leaves) {
            ByteReader source = new ByteReader(leaf);
            reader.readNext(source, 0);
            if (source.remaining() > 0) {
                throw new MalformedBytesException("More than a leaf");
            }
        }
        return reader.build();
    }
}
