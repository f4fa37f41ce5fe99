package org.storedb.internal.index;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.NavigableMap;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
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
        LeafReader<Long> reader = new LeafReader<>(LongLayout.TWO_WORDS, new NotThree());

        assertThatThrownBy(() -> reader.readNext(new ByteReader(leaves.get(0))))
                .isInstanceOf(MalformedBytesException.class);
    }

    /** Without a checksum around it, any change of a leaf must lead to a refusal or to a well-formed tree. */
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
                } catch (MalformedBytesException e) {
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
        LeafReader<V> reader = new LeafReader<>(layout, ValueFields.ofWords(layout.words()));
        for (byte[] leaf : leaves) {
            ByteReader source = new ByteReader(leaf);
            reader.readNext(source);
            if (source.remaining() > 0) {
                throw new MalformedBytesException("More than a leaf");
            }
        }
        return reader.build();
    }
}
