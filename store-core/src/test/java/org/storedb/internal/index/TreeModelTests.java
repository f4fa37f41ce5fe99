package org.storedb.internal.index;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.NavigableMap;
import java.util.Random;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Compares trees with {@link TreeMap} over long random runs. */
class TreeModelTests {

    private static final int STEPS = 30_000;

    @ParameterizedTest
    @EnumSource(KeyShape.class)
    void behavesLikeATreeMap(KeyShape shape) {
        long seed = System.nanoTime();
        try {
            new Run(seed, shape).run();
        } catch (AssertionError | RuntimeException failure) {
            throw new AssertionError("seed " + seed + ", keys " + shape, failure);
        }
    }

    /** One random run: an editor and a map that get the same changes, and old versions of both. */
    private static final class Run {
        private final Random random;
        private final KeyShape shape;
        private final NavigableMap<byte[], Long> model = new TreeMap<>(Arrays::compareUnsigned);
        private final List<CountedTree<Long>> oldTrees = new ArrayList<>();
        private final List<NavigableMap<byte[], Long>> oldModels = new ArrayList<>();
        private TreeEditor<Long> editor =
                CountedTree.empty(LongLayout.TWO_WORDS).edit();

        Run(long seed, KeyShape shape) {
            this.random = new Random(seed);
            this.shape = shape;
        }

        void run() {
            for (int step = 0; step < STEPS; step++) {
                boolean shrinking = step / (STEPS / 6) % 3 == 2;
                change(shrinking ? 20 : 85);
                if (random.nextInt(300) == 0) {
                    putMany(1 + random.nextInt(shrinking ? 50 : 300));
                }
                if (random.nextInt(128) == 0) {
                    checkQueries(editor.build(), model);
                }
                if (random.nextInt(STEPS / 12) == 0) {
                    keepVersion();
                }
            }
            drain();
            for (int i = 0; i < oldTrees.size(); i++) {
                TreeAssertions.checkEntries(oldTrees.get(i), oldModels.get(i));
                checkComparison(i, random.nextInt(oldTrees.size()));
            }
        }

        private void change(int putPercent) {
            boolean put = random.nextInt(100) < putPercent;
            byte[] key = put ? shape.key(random) : anyKey();
            if (put) {
                long value = random.nextLong();
                assertThat(editor.put(key, value)).isEqualTo(model.put(key, value));
            } else {
                assertThat(editor.remove(key)).isEqualTo(model.remove(key));
            }
            assertThat(editor.size()).isEqualTo(model.size());
        }

        private void putMany(int most) {
            NavigableMap<byte[], Long> puts = new TreeMap<>(Arrays::compareUnsigned);
            for (int i = 0; i < most; i++) {
                puts.put(random.nextBoolean() ? anyKey() : shape.key(random), random.nextLong());
            }
            List<@Nullable Long> before = new ArrayList<>();
            List<@Nullable Long> expected = new ArrayList<>();
            puts.forEach((key, value) -> expected.add(model.put(key, value)));
            editor.putAll(new MapPuts<>(puts, before));
            assertThat(before).isEqualTo(expected);
            assertThat(editor.size()).isEqualTo(model.size());
        }

        private void keepVersion() {
            CountedTree<Long> tree = editor.build();
            tree.checkInvariants();
            oldTrees.add(tree);
            oldModels.add(new TreeMap<>(model));
            if (random.nextBoolean()) {
                editor = tree.edit();
            }
        }

        private void drain() {
            List<byte[]> keys = new ArrayList<>(model.keySet());
            java.util.Collections.shuffle(keys, random);
            for (byte[] key : keys) {
                assertThat(editor.remove(key)).isEqualTo(model.remove(key));
                if (random.nextInt(200) == 0) {
                    CountedTree<Long> tree = editor.build();
                    tree.checkInvariants();
                    TreeAssertions.checkEntries(tree, model);
                }
            }
            assertThat(editor.build().isEmpty()).isTrue();
        }

        private void checkQueries(CountedTree<Long> tree, NavigableMap<byte[], Long> model) {
            byte[] key = anyKey();
            assertThat(tree.get(key)).isEqualTo(model.get(key));
            assertThat(editor.get(key)).isEqualTo(model.get(key));
            assertThat(tree.contains(key)).isEqualTo(model.containsKey(key));
            assertThat(tree.rank(key)).isEqualTo(model.headMap(key, false).size());

            TreeRange range = anyRange();
            NavigableMap<byte[], Long> part = TreeAssertions.part(model, range);
            assertThat(tree.count(range)).isEqualTo(part.size());
            assertThat(editor.count(range)).isEqualTo(part.size());
            TreeAssertions.checkCursor(tree.cursor(range), part, 100);
            TreeAssertions.checkCursor(tree.descendingCursor(range), part.descendingMap(), 100);

            int rank = random.nextInt(model.size() + 2);
            TreeCursor<Long> cursor = tree.cursorAt(rank);
            assertThat(cursor.next()).isEqualTo(rank < model.size());
            if (rank < model.size()) {
                assertThat(tree.rank(cursor.key())).isEqualTo(rank);
            }
        }

        private void checkComparison(int one, int other) {
            for (int i = 0; i < 20; i++) {
                TreeRange range = anyRange();
                boolean same = TreeAssertions.part(oldModels.get(one), range)
                        .equals(TreeAssertions.part(oldModels.get(other), range));
                assertThat(oldTrees.get(one).sameEntries(oldTrees.get(other), range))
                        .isEqualTo(same);
                assertThat(oldTrees.get(one).sameEntries(oldTrees.get(other), range, Long::equals))
                        .isEqualTo(same);
            }
        }

        private byte[] anyKey() {
            if (!model.isEmpty() && random.nextInt(3) > 0) {
                byte[] near = model.ceilingKey(shape.key(random));
                return near == null ? model.lastKey() : near;
            }
            return shape.key(random);
        }

        private TreeRange anyRange() {
            return switch (random.nextInt(4)) {
                case 0 -> TreeRange.prefix(Arrays.copyOf(anyKey(), random.nextInt(3)));
                case 1 -> TreeRange.key(anyKey());
                default -> new TreeRange(anyBound(), anyBound());
            };
        }

        private byte @Nullable [] anyBound() {
            return random.nextInt(8) == 0 ? null : anyKey();
        }
    }
}
