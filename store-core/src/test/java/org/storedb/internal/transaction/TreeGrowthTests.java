package org.storedb.internal.transaction;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TreeGrowthTests {

    @Test
    void treeThatWasThereBeforeIsNotTakenForGrowing() {
        TreeGrowth growth = new TreeGrowth(1_000_000);
        growth.look(1_000_000);
        assertThat(growth.expectedSize(1_000_000)).isEqualTo(1_000_000);
    }

    @Test
    void growthIsExpectedToGoOnForAWhile() {
        TreeGrowth growth = new TreeGrowth(1_000_000);
        growth.look(1_010_000);
        assertThat(growth.expectedSize(1_020_000)).isEqualTo(1_020_000 + 60 * 10_000);
        growth.look(1_010_000);
        assertThat(growth.expectedSize(1_010_000)).isEqualTo(1_010_000);
    }

    @Test
    void noMoreIsExpectedThanFourTimesTheSize() {
        TreeGrowth growth = new TreeGrowth(0);
        growth.look(200_000);
        assertThat(growth.expectedSize(250_000)).isEqualTo(1_000_000);
    }

    @Test
    void treeHasSettledAfterSomeQuietPauses() {
        TreeGrowth growth = new TreeGrowth(0);
        growth.look(100_000);
        for (int pause = 0; pause < 3; pause++) {
            growth.look(100_050);
            assertThat(growth.isSettled()).isFalse();
        }
        growth.look(100_000);
        assertThat(growth.isSettled()).isTrue();
        growth.look(90_000);
        assertThat(growth.isSettled()).isFalse();
        assertThat(growth.expectedSize(90_000)).isEqualTo(90_000);
    }
}
