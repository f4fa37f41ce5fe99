package org.storedb.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.zip.CRC32C;
import org.storedb.SnapshotFile;
import org.storedb.Store;
import org.storedb.error.SnapshotFileException;
import org.storedb.error.StoreException;
import org.storedb.error.UnsupportedFormatException;
import org.storedb.internal.bytes.ByteWriter;
import org.storedb.testing.SimulatedDirectory;

/** Snapshot files: text, or records of the compact form behind right checksums. A sound one is loaded or refused whole. */
public final class SnapshotFileTarget {

    private static final long MAGIC = 0x5344_4253_4E41_5031L;

    private SnapshotFileTarget() {}

    public static void fuzzerTestOneInput(byte[] data) {
        boolean text = data.length > 0 && data[0] == '{';
        SimulatedDirectory directory = new SimulatedDirectory(Map.of("file", text ? data : compact(data)));
        SnapshotFile file = SnapshotFile.in(directory, "file");
        boolean sound = true;
        try {
            file.verify();
        } catch (SnapshotFileException | UnsupportedFormatException e) {
            sound = false;
        }
        try (Store store = Store.openInMemory()) {
            try {
                file.load(store);
                assertThat(sound).as("what is loaded is sound").isTrue();
                assertThat(store.verify().problems()).isEmpty();
            } catch (StoreException e) {
                assertThat(e).hasMessageMatching("(?s).{5,}");
                assertThat(store.stats().collections()).allMatch(collection -> collection.documents() == 0);
                assertThat(store.stats().keyspaces()).allMatch(keyspace -> keyspace.entries() == 0);
            }
        }
    }

    /** A file of one block that is not deflated. */
    private static byte[] compact(byte[] records) {
        ByteWriter file = new ByteWriter();
        file.putLong(MAGIC).putInt(1).putLong(7);
        file.putInt(checksum(file.toByteArray()));
        ByteWriter checked = new ByteWriter();
        checked.putLong(7)
                .putLong(0)
                .putInt(records.length)
                .putInt(records.length)
                .putBytes(records);
        file.putInt(records.length).putInt(records.length).putInt(checksum(checked.toByteArray()));
        return file.putBytes(records).toByteArray();
    }

    private static int checksum(byte[] bytes) {
        CRC32C crc = new CRC32C();
        crc.update(bytes);
        return (int) crc.getValue();
    }
}
