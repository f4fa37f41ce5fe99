package org.storedb.internal.recovery;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.storedb.internal.bytes.ByteWriter;

class OperationBatchTests {

    private final OperationBatch batch = new OperationBatch();

    @Test
    void operationsAreSortedByKeyAndThoseOfOneKeyStayInTheirOrder() {
        batch.addPut(1, key(9), 2, 3, 4);
        batch.addPut(2, key(5), 2, 8, 4);
        batch.addDelete(3, key(9));
        batch.addDelete(4, key(5));
        batch.addPut(5, key(9), 3, 3, 5);

        assertThat(sorted()).containsExactly("put 2 2 8 4", "remove 4", "put 1 2 3 4", "remove 3", "put 5 3 3 5");
        batch.clear();
        assertThat(batch.isEmpty()).isTrue();
        assertThat(sorted()).isEmpty();
    }

    @Test
    void keysThatBeginAlikeAreSortedByTheRest() {
        byte[][] keys = {
            {1, 2}, {1}, {1, 2, 0}, new byte[40], {1, 2, 3, 4, 5, 6, 7, 8, 9, 2}, {1, 2, 3, 4, 5, 6, 7, 8, 9, 1}
        };
        for (int i = 0; i < keys.length; i++) {
            batch.addDelete(i, keys[i]);
        }

        assertThat(sorted()).containsExactly("remove 3", "remove 1", "remove 0", "remove 2", "remove 5", "remove 4");
    }

    @Test
    void asManyAsThereMayBeAreSorted() {
        for (int i = OperationBatch.OPERATIONS_MAX; i > 0; i--) {
            batch.addPut(Long.MAX_VALUE - i, key(i), Integer.MAX_VALUE, Integer.MAX_VALUE, i);
        }
        OperationBatch.Operations operations = batch.sorted();
        assertThat(operations.size()).isEqualTo(OperationBatch.OPERATIONS_MAX);
        for (int i = 1; operations.next(); i++) {
            assertThat(operations.recordLength()).isEqualTo(i);
            assertThat(operations.sequence()).isEqualTo(Long.MAX_VALUE - i);
        }
        assertThat(operations.segmentId()).isEqualTo(Integer.MAX_VALUE);
        assertThat(operations.recordOffset()).isEqualTo(Integer.MAX_VALUE);
    }

    private List<String> sorted() {
        OperationBatch.Operations operations = batch.sorted();
        List<String> sorted = new ArrayList<>();
        while (operations.next()) {
            sorted.add(
                    operations.isDelete()
                            ? "remove " + operations.sequence()
                            : "put " + operations.sequence() + " " + operations.segmentId() + " "
                                    + operations.recordOffset() + " " + operations.recordLength());
        }
        return sorted;
    }

    private static byte[] key(int number) {
        return new ByteWriter().putInt(number).toByteArray();
    }
}
