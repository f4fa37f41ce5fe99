package org.storedb.internal.transaction;

import org.storedb.internal.codec.PackedValue;
import org.storedb.internal.codec.ValueCompression;
import org.storedb.internal.log.FrameBody;
import org.storedb.internal.log.RecordFormat;

/** Encodes what is to be committed into bodies of frames, compressing the values. Thread-safe. */
final class CommitEncoder {

    private final ValueCompression compression;

    CommitEncoder(ValueCompression compression) {
        this.compression = compression;
    }

    /**
     * Returns the body of a frame with these writes.
     *
     * @throws org.storedb.error.LimitExceededException if it is longer than a frame may be
     */
    FrameBody encode(CommitRequest request) {
        FrameBody body = FrameBody.ofCommit();
        for (RecordWrite write : request.writes()) {
            byte[] value = write.value();
            if (write.isPurge()) {
                body.deleteExpired(write.treeId(), write.key());
            } else if (value == null && request.hasRecord(write)) {
                body.delete(write.treeId(), write.key());
            } else if (value == null) {
                body.deleteNothing(write.treeId(), write.key());
            } else {
                PackedValue packed = compression.pack(value);
                RecordFormat.Content content =
                        RecordFormat.Content.of(write.revision(), packed.codec(), write.expiry(), packed.bytes());
                if (!write.blind() && request.hasRecord(write)) {
                    body.replace(write.treeId(), write.key(), content, write.expiryOnly());
                } else {
                    body.put(write.treeId(), write.key(), content);
                }
            }
        }
        body.requireBounded();
        return body;
    }
}
