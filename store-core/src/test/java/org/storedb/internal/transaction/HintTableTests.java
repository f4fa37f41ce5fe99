package org.storedb.internal.transaction;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HintTableTests {

    private final Random random = new Random(1);

    @Test
    void placeIsFoundUntilItIsReplacedOrForgotten() {
        HintTable table = new HintTable(100);
        table.replace(7, HintTable.NOWHERE, 1000);
        assertThat(locations(table, 7)).containsExactly(1000L);
        table.replace(7, 1000, 2000);
        assertThat(locations(table, 7)).containsExactly(2000L);
        assertThat(locations(table, 8)).isEmpty();
        assertThat(table.contains(7, 2000)).isEqualTo(HintTable.Answer.YES);
        assertThat(table.contains(7, 1000)).isEqualTo(HintTable.Answer.NO);
        table.remove(7, 2000);
        assertThat(locations(table, 7)).isEmpty();
        assertThat(table.mayBeLeftOut(7)).isFalse();
    }

    @Test
    void placeThatWasLeftOutComesBackWithTheNextChange() {
        HintTable table = new HintTable(100);
        table.replace(7, 1000, 2000);
        assertThat(locations(table, 7)).containsExactly(2000L);
        table.remove(7, 1000);
        assertThat(locations(table, 7)).containsExactly(2000L);
    }

    @Test
    void keysOfTheSameHashHaveTheirPlacesBesideEachOther() {
        HintTable table = new HintTable(100);
        for (long location = 1; location <= HintTable.WINDOW; location++) {
            table.replace(7, HintTable.NOWHERE, location);
        }
        assertThat(locations(table, 7)).hasSize(HintTable.WINDOW);
        table.remove(7, 3);
        assertThat(locations(table, 7)).hasSize(HintTable.WINDOW - 1).doesNotContain(3L);

        table.replace(7, HintTable.NOWHERE, 77);
        assertThat(table.mayBeLeftOut(7)).isFalse();
        table.replace(7, HintTable.NOWHERE, 78);
        assertThat(locations(table, 7)).hasSize(HintTable.WINDOW).contains(77L).doesNotContain(78L);
        assertThat(table.contains(7, 77)).isEqualTo(HintTable.Answer.YES);
        assertThat(table.contains(7, 78)).isEqualTo(HintTable.Answer.UNKNOWN);
        assertThat(table.mayBeLeftOut(7)).isTrue();
        table.remove(7, 77);
        assertThat(table.mayBeLeftOut(7)).as("78 is still left out").isTrue();
    }

    @Test
    void placeThatCannotBeToldIsLeftOut() {
        HintTable table = new HintTable(100);
        table.replace(7, HintTable.NOWHERE, 1000);
        table.replace(7, 1000, HintTable.NOWHERE);
        assertThat(locations(table, 7)).isEmpty();
        assertThat(table.mayBeLeftOut(7)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 12, 100, 30_000, 100_000})
    void nothingIsFoundThatIsNotTheLatestAndMostIsFound(int slots) {
        HintTable table = new HintTable(slots);
        assertThat(table.slots()).isGreaterThanOrEqualTo(slots);
        int keys = slots * 7 / 10 + 1;
        long[] latest = new long[keys];
        Set<Long> current = new HashSet<>();
        for (int location = 1; location < 4 * keys; location++) {
            int key = random.nextInt(keys);
            long next = random.nextInt(5) == 0 ? HintTable.NOWHERE : location;
            if (next == HintTable.NOWHERE) {
                table.remove(hash(key), latest[key]);
            } else {
                table.replace(hash(key), latest[key], next);
            }
            current.remove(latest[key]);
            if (next != HintTable.NOWHERE) {
                current.add(next);
            }
            latest[key] = next;
        }
        int found = 0;
        for (int key = 0; key < keys; key++) {
            List<Long> locations = locations(table, hash(key));
            assertThat(current.containsAll(locations)).isTrue();
            boolean isFound = locations.contains(latest[key]);
            found += isFound ? 1 : 0;
            assertThat(isFound || latest[key] == HintTable.NOWHERE || table.mayBeLeftOut(hash(key)))
                    .as("what is not found is known to be left out")
                    .isTrue();
        }
        assertThat(found).isBetween(current.size() * 95 / 100, current.size());
    }

    private static long hash(int key) {
        return RecordHints.hash(new byte[] {(byte) key, (byte) (key >> 8), (byte) (key >> 16)});
    }

    private static List<Long> locations(HintTable table, long hash) {
        List<Long> locations = new ArrayList<>();
        for (int number = 0; number < HintTable.WINDOW; number++) {
            long location = table.location(hash, number);
            if (location != HintTable.NOWHERE) {
                locations.add(location);
            }
        }
        return locations;
    }
}
