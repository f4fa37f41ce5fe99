package org.storedb.internal.compaction;

import java.io.IOException;
import java.util.Arrays;
import java.util.Comparator;
import org.storedb.error.CorruptStoreException;
import org.storedb.internal.log.RecordFormat;
import org.storedb.internal.log.Segment;

/** A record that is to be copied, and where it is. */
@SuppressWarnings("ArrayRecordComponent") // Never compared.
record LiveRecord(int treeId, byte[] key, long sequence, Segment segment, int offset, int length) {

    static final Comparator<LiveRecord> BY_KEY =
            Comparator.comparingInt(LiveRecord::treeId).thenComparing(LiveRecord::key, Arrays::compareUnsigned);

    /**
     * Its content, verified.
     *
     * @throws CorruptStoreException if it is not what was written
     */
    RecordFormat.Content read() throws IOException {
        RecordFormat.Content content = RecordFormat.read(segment, offset, sequence, key, segment.read(offset, length));
        if (content == null) {
            throw new CorruptStoreException(
                    segment.fileName(),
                    offset,
                    "The record at byte " + offset + " of " + segment.fileName()
                            + " does not match its checksum; it is not copied, restore the directory from a backup");
        }
        return content;
    }
}
