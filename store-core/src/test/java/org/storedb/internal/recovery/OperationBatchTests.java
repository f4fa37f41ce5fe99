package org.storedb.internal.recovery;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.storedb.internal.bytes.ByteWriter;

class OperationBatchTests {

    private static final int OPERATIONS_MAX = 1 << 17;
    private static final int KEY_BYTES_MAX = 32 << 20;

    private final List<String> applied = new ArrayList<>();
    private final OperationBatch batch = new OperationBatch(new OperationBatch.Target() {
        @Override
        public void put(int treeId, long sequence, byte[] key, int inSegment, int recordOffset, int recordLength) {
            applied.add("put " + treeId + " " + sequence + " " + inSegment + " " + recordOffset + " " + recordLength);
        }

        @Override
        public void remove(int treeId, long sequence, byte[] key) {
            applied.add("remove " + treeId + " " + sequence);
        }
    });

    @Test
    void operationsAreAppliedByKeyAndThoseOfOneKeyInTheirOrder() {
        batch.addPut(1, 1, key(9), 2, 3, 4);
        batch.addPut(1, 2, key(5), 2, 8, 4);
        batch.addDelete(1, 3, key(9));
        batch.addDelete(1, 4, key(5));
        batch.addPut(1, 5, key(9), 3, 3, 5);
        assertThat(applied).isEmpty();
        batch.flush();

        assertThat(applied)
                .containsExactly("put 1 2 2 8 4", "remove 1 4", "put 1 1 2 3 4", "remove 1 3", "put 1 5 3 3 5");
        batch.flush();
        assertThat(applied).hasSize(5);
    }

    @Test
    void operationsAreAppliedWhenThereAreMany() {
        for (int i = 0; i < OPERATIONS_MAX - 1; i++) {
            batch.addDelete(1, OPERATIONS_MAX - i, key(OPERATIONS_MAX - i));
        }
        assertThat(applied).isEmpty();
        batch.addDelete(1, 1, key(1));

        assertThat(applied).hasSize(OPERATIONS_MAX);
        for (int i = 0; i < OPERATIONS_MAX; i++) {
            assertThat(applied.get(i)).isEqualTo("remove 1 " + (i + 1));
        }
    }

    @Test
    void operationsAreAppliedWhenTheirKeysTakeMuchSpace() {
        byte[] key = new byte[1 << 15];
        int fitting = KEY_BYTES_MAX / key.length - 1;
        for (int i = 0; i < fitting; i++) {
            batch.addDelete(1, i, key);
        }
        assertThat(applied).isEmpty();
        batch.addDelete(1, fitting, key);

        assertThat(applied).hasSize(fitting + 1).last().isEqualTo("remove 1 " + fitting);
    }

    private static byte[] key(int number) {
        return new ByteWriter().putInt(number).toByteArray();
    }
}
