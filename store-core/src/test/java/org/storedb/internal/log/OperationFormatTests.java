package org.storedb.internal.log;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.storedb.internal.bytes.ByteWriter;
import org.storedb.internal.bytes.MalformedBytesException;

/** What operations tell beside what they do. */
class OperationFormatTests {

    private static final int OFFSET = 1000;
    private static final RecordLocation LOCATION = new RecordLocation(70_000, Integer.MAX_VALUE, 1, Long.MAX_VALUE);

    private final FrameBody body = FrameBody.ofCommit();

    @Test
    void flagsAndPlacesComeBack() {
        RecordFormat.Content content = RecordFormat.Content.of(1, 0, new byte[5]);
        body.put(1, key("put"), content);
        body.replace(1, key("replace"), content, false);
        body.replace(1, key("expiry"), content, true);
        body.delete(1, key("delete"));
        body.deleteNothing(1, key("nothing"));
        body.deleteExpired(1, key("expired"));
        assertThat(read())
                .containsExactly(
                        "put put 0 -",
                        "put replace 8 -",
                        "put expiry 40 -",
                        "delete delete 0 -",
                        "delete nothing 16 -",
                        "deleteExpired expired 0 -");

        for (int i = 0; i < body.operations(); i++) {
            body.setPrevious(i, i % 2 == 0 ? LOCATION : null);
        }
        assertThat(read())
                .containsExactly(
                        "put put 72 " + LOCATION,
                        "put replace 16 -",
                        "put expiry 104 " + LOCATION,
                        "delete delete 16 -",
                        "delete nothing 72 " + LOCATION,
                        "deleteExpired expired 16 -");
        body.setPrevious(0, null);
        assertThat(read()).startsWith("put put 16 -");
    }

    @Test
    void unknownKindsAreRefused() {
        body.delete(1, key("k"));
        byte[] bytes = encode();
        for (int code : new int[] {0, 5, 7, 8, 128 + 1, 16}) {
            bytes[0] = (byte) code;
            assertThatThrownBy(() -> OperationFormat.forEach(frame(bytes), new Reader(new ArrayList<>())))
                    .isInstanceOf(MalformedBytesException.class)
                    .hasMessageContaining("kind " + code);
        }
    }

    private List<String> read() {
        List<String> read = new ArrayList<>();
        byte[] bytes = encode();
        assertThat(bytes).as("the length is known before").hasSize(body.bytes(false));
        OperationFormat.forEach(frame(bytes), new Reader(read));
        return read;
    }

    private byte[] encode() {
        ByteWriter target = new ByteWriter();
        body.write(target, SegmentCipher.NONE, 0, OFFSET, 1);
        return target.toByteArray();
    }

    private Frame frame(byte[] bytes) {
        return TestFrames.of(FrameKind.COMMIT, 1, body.operations(), bytes, OFFSET, SegmentCipher.NONE);
    }

    private static byte[] key(String key) {
        return key.getBytes(UTF_8);
    }

    /** Notes what it is handed. */
    private static final class Reader implements OperationFormat.OperationConsumer {

        private final List<String> read;
        private String next = "";

        Reader(List<String> read) {
            this.read = read;
        }

        @Override
        public void next(int flags, @Nullable RecordLocation previous) {
            next = " " + flags + " " + (previous == null ? "-" : previous);
        }

        @Override
        public void put(int treeId, long sequence, byte[] key, int recordOffset, int recordLength) {
            read.add("put " + new String(key, UTF_8) + next);
        }

        @Override
        public void delete(int treeId, long sequence, byte[] key) {
            read.add("delete " + new String(key, UTF_8) + next);
        }

        @Override
        public void deleteExpired(int treeId, long sequence, byte[] key) {
            read.add("deleteExpired " + new String(key, UTF_8) + next);
        }
    }
}
