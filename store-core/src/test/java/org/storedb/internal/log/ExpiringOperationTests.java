package org.storedb.internal.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.storedb.internal.bytes.ByteReader;
import org.storedb.internal.bytes.ByteWriter;

class ExpiringOperationTests {

    private static final byte[] KEY = {9};
    private static final RecordExpiry EXPIRY = new RecordExpiry(300, 5);

    private static RecordFormat.Content content(RecordExpiry expiry) {
        return RecordFormat.Content.of(7, 2, expiry, new byte[] {42});
    }

    private static Frame frame(FrameBody body, FrameKind kind) {
        ByteWriter target = new ByteWriter();
        body.write(target, SegmentCipher.NONE, 0, 100, 6);
        assertThat(target.size()).isEqualTo(body.bytes(false));
        return TestFrames.of(kind, 6, body.operations(), target.toByteArray(), 100, SegmentCipher.NONE);
    }

    private static List<String> operations(Frame frame) {
        List<String> found = new ArrayList<>();
        OperationFormat.forEach(frame, new OperationFormat.OperationConsumer() {
            @Override
            public void put(int treeId, long sequence, byte[] key, int recordOffset, int recordLength) {
                found.add("put of " + recordLength + " at " + recordOffset + " by " + sequence);
            }

            @Override
            public void putExpiring(int treeId, long sequence, byte[] key, int recordOffset, int recordLength) {
                found.add("expiring put of " + recordLength + " at " + recordOffset + " by " + sequence);
            }

            @Override
            public void delete(int treeId, long sequence, byte[] key) {
                found.add("delete by " + sequence);
            }

            @Override
            public void deleteExpired(int treeId, long sequence, byte[] key) {
                found.add("delete of what has expired by " + sequence);
            }
        });
        return found;
    }

    @Test
    void layoutIsAsDocumented() {
        FrameBody body = FrameBody.ofCommit();
        body.put(3, KEY, content(EXPIRY));
        body.deleteExpired(3, KEY);
        ByteReader read = frame(body, FrameKind.COMMIT).body();
        byte[] bytes = read.readBytes(read.remaining());
        assertThat(bytes).startsWith(3, 3, 1, 9, 9); // Kind, tree, length of the key, key, length of the record
        assertThat(bytes).endsWith(0x3E, 0xAC, 0x02, 5, 42, 4, 3, 1, 9); // Tag, expiry, value, then the delete
    }

    @Test
    void expiryIsSeenWithoutReadingTheRecord() {
        FrameBody body = FrameBody.ofCommit();
        body.put(3, KEY, content(EXPIRY));
        body.put(3, KEY, content(RecordExpiry.NEVER));
        body.delete(3, KEY);
        body.deleteExpired(3, KEY);
        assertThat(operations(frame(body, FrameKind.COMMIT)))
                .containsExactly(
                        "expiring put of 9 at 105 by 6",
                        "put of 6 at 119 by 6",
                        "delete by 6",
                        "delete of what has expired by 6");
    }

    @Test
    void copyKeepsIt() {
        FrameBody body = FrameBody.ofRelocation();
        body.relocatePut(3, 2, KEY, content(EXPIRY));
        assertThat(operations(frame(body, FrameKind.RELOCATION))).containsExactly("expiring put of 9 at 106 by 2");
    }
}
