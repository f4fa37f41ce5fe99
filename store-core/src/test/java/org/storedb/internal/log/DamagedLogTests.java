package org.storedb.internal.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.Test;
import org.storedb.error.CorruptStoreException;
import org.storedb.internal.bytes.ByteWriter;
import org.storedb.internal.crypto.KeyRing;
import org.storedb.internal.crypto.MasterKey;
import org.storedb.internal.crypto.WrappedKey;
import org.storedb.internal.io.MemoryDirectory;
import org.storedb.storage.StorageDirectory;
import org.storedb.storage.StorageFile;
import org.storedb.testing.BadSector;
import org.storedb.testing.InterceptedDirectory;
import org.storedb.testing.IoInterceptor;
import org.storedb.testing.IoOperation;
import org.storedb.testing.IoOperation.Kind;

class DamagedLogTests {

    private static final int DATA_KEY_OFFSET = LogFormat.SEGMENT_HEADER_BYTES;

    private final MemoryDirectory directory = new MemoryDirectory();
    private final Found found = new Found();

    @Test
    void segmentsOfAnotherStoreAreLeftOutWithoutTheManifest() throws IOException {
        new SegmentBytes(TestLogs.STORE, 1).commit(1).writeTo(directory);
        new SegmentBytes(new UUID(8, 8), 2).commit(9).writeTo(directory);
        new SegmentBytes(TestLogs.STORE, 3).commit(3).writeTo(directory);
        TestLogs.write(directory, LogFormat.segmentFileName(4), new byte[10]);
        try (DamagedLog log = DamagedLog.open(directory, LogEncryption.NONE)) {
            assertThat(log.storeId()).isEqualTo(TestLogs.STORE);
            assertThat(log.sequence()).isZero();
            assertThat(log.notes())
                    .anyMatch(note -> note.contains("segment-0000000002.log belongs to another store"))
                    .anyMatch(note -> note.startsWith("The manifest is missing"));
            log.parts().forEach(part -> part.read(found));
            assertThat(found.events).containsExactly("frame 1", "frame 3", "header 0 10");
        }
    }

    @Test
    void manifestThatIsOlderThanTheLogIsNotGoneBy() throws IOException {
        new SegmentBytes(TestLogs.STORE, 1).commit(1).writeTo(directory);
        new SegmentBytes(TestLogs.STORE, 2).commit(2).writeTo(directory);
        TestLogs.writeManifest(directory, 2, Manifest.Entry.active(1));
        try (DamagedLog log = DamagedLog.open(directory, LogEncryption.NONE)) {
            log.parts().forEach(part -> part.read(found));
            assertThat(log.notes()).singleElement().asString().startsWith("The manifest is older than the log");
            assertThat(found.events).containsExactly("frame 1", "frame 2");
        }
    }

    @Test
    void leftoversBesideTheManifestAreLeftOut() throws IOException {
        new SegmentBytes(TestLogs.STORE, 1).commit(1).writeTo(directory);
        new SegmentBytes(TestLogs.STORE, 2).writeTo(directory);
        new SegmentBytes(new UUID(8, 8), 3).commit(9).writeTo(directory);
        TestLogs.writeManifest(directory, 2, Manifest.Entry.active(1));
        try (DamagedLog log = DamagedLog.open(directory, LogEncryption.NONE)) {
            log.parts().forEach(part -> part.read(found));
            assertThat(log.notes()).isEmpty();
            assertThat(found.events).containsExactly("frame 1");
        }
    }

    @Test
    void fileThatCannotBeOpenedIsNamed() throws IOException {
        new SegmentBytes(TestLogs.STORE, 1).commit(1).writeTo(directory);
        new SegmentBytes(TestLogs.STORE, 2).commit(2).writeTo(directory);
        StorageDirectory closed = failing(new IoOperation(Kind.OPEN, LogFormat.segmentFileName(1)));
        try (DamagedLog log = DamagedLog.open(closed, LogEncryption.NONE)) {
            log.parts().forEach(part -> part.read(found));
            assertThat(log.parts().get(0).segment()).isNull();
            assertThat(log.notes()).anyMatch(note -> note.contains("segment-0000000001.log cannot be opened: planned"));
            assertThat(found.events).containsExactly("frame 2");
            assertThat(log.segments().all()).hasSize(1);
        }
    }

    @Test
    void fileThatCannotBeReadIsDamagedAsAWhole() throws IOException {
        SegmentBytes first = new SegmentBytes(TestLogs.STORE, 1).commit(1);
        first.writeTo(directory);
        new SegmentBytes(TestLogs.STORE, 2).commit(2).writeTo(directory);
        StorageDirectory unreadable = failing(new IoOperation(Kind.READ, LogFormat.segmentFileName(1)));
        try (DamagedLog log = DamagedLog.open(unreadable, LogEncryption.NONE)) {
            log.parts().forEach(part -> part.read(found));
            assertThat(log.notes())
                    .anyMatch(note -> note.equals(
                            "Some of segment-0000000001.log cannot be read, and counts as damaged: planned"));
            assertThat(found.events).containsExactly("header 0 64", "gap 64 " + first.size(), "frame 2");
        }
    }

    @Test
    void whatIsBehindABadSectorIsRead() throws IOException {
        SegmentBytes bytes = new SegmentBytes(TestLogs.STORE, 1)
                .commit(1)
                .frame(FrameKind.COMMIT.code(), 2, 0, new byte[10_000])
                .commit(3);
        bytes.writeTo(directory);
        TestLogs.writeManifest(directory, 2, bytes.entry(false));
        try (DamagedLog log = DamagedLog.open(withBadSector(5000), LogEncryption.NONE)) {
            log.parts().forEach(part -> part.read(found));
            assertThat(log.notes())
                    .singleElement()
                    .asString()
                    .contains("cannot be read")
                    .endsWith("bad sector");
            assertThat(found.events).hasSize(3).startsWith("frame 1").endsWith("frame 3");
            assertThat(found.events.get(1)).startsWith("gap ");
        }
    }

    @Test
    void badSectorBehindTheLastFrameIsNotTakenForUnusedRoom() throws IOException {
        SegmentBytes bytes = new SegmentBytes(TestLogs.STORE, 1).commit(1);
        int end = bytes.size();
        bytes.zeros(20_000).writeTo(directory);
        TestLogs.writeManifest(directory, 2, new Manifest.Entry(1, false, end, bytes.lastChecksum()));
        try (DamagedLog log = DamagedLog.open(withBadSector(5000), LogEncryption.NONE)) {
            log.parts().forEach(part -> part.read(found));
            assertThat(found.events).containsExactly("frame 1", "gap " + end + " 8192");
        }
    }

    @Test
    void manifestThatCannotBeReadIsDoneWithout() throws IOException {
        SegmentBytes bytes = new SegmentBytes(TestLogs.STORE, 1).commit(1);
        bytes.writeTo(directory);
        TestLogs.writeManifest(directory, 2, bytes.entry(false));
        StorageDirectory unreadable = failing(new IoOperation(Kind.READ, ManifestFile.NAME));
        try (DamagedLog log = DamagedLog.open(unreadable, LogEncryption.NONE)) {
            log.parts().forEach(part -> part.read(found));
            assertThat(log.notes()).singleElement().asString().startsWith("The manifest cannot be read (planned)");
            assertThat(found.events).containsExactly("frame 1");
        }
    }

    @Test
    void missingSegmentHasNothingToRead() throws IOException {
        SegmentBytes present = new SegmentBytes(TestLogs.STORE, 2).commit(1);
        present.writeTo(directory);
        TestLogs.writeManifest(directory, 3, new Manifest.Entry(1, true, 500, 1), present.entry(false));
        try (DamagedLog log = DamagedLog.open(directory, LogEncryption.NONE)) {
            log.parts().forEach(part -> part.read(found));
            assertThat(log.parts().get(0).segment()).isNull();
            assertThat(found.events).containsExactly("frame 1");
        }
    }

    @Test
    void nothingCanBeReadOfAnEncryptedSegmentWhoseKeyIsDamaged() throws IOException {
        LogEncryption encryption = LogEncryption.with(
                new KeyRing(new MasterKey("test", new byte[MasterKey.KEY_BYTES]), List.of(), false, new Random(1)));
        SegmentedLog log = TestLogs.open(directory, encryption, new TestLogs.Reader(null));
        TestLogs.put(log, 1, "key", 10);
        log.close();
        StorageFile file = directory.open(LogFormat.segmentFileName(1));
        byte[] key = new byte[WrappedKey.BYTES];
        file.read(DATA_KEY_OFFSET, key, 0, key.length);
        key[70] ^= 1;
        file.write(DATA_KEY_OFFSET, withChecksum(key), 0, key.length);

        assertThatExceptionOfType(CorruptStoreException.class)
                .isThrownBy(() -> FollowedLog.read(directory, encryption, new TestLogs.Reader(null)))
                .withMessageContaining("the key in its header");
        try (DamagedLog damaged = DamagedLog.open(directory, encryption)) {
            damaged.parts().forEach(part -> part.read(found));
        }
        assertThat(found.events).hasSize(2).first().isEqualTo("header 0 64");
        assertThat(found.events.get(1)).startsWith("unreadable").contains("the key that the segment is encrypted with");
    }

    private static byte[] withChecksum(byte[] key) {
        int checked = key.length - Integer.BYTES;
        CRC32C crc = new CRC32C();
        crc.update(key, 0, checked);
        byte[] checksum = new ByteWriter().putInt((int) crc.getValue()).toByteArray();
        System.arraycopy(checksum, 0, key, checked, checksum.length);
        return key;
    }

    /** The directory, in which an operation always fails. */
    private StorageDirectory failing(IoOperation failing) {
        return new InterceptedDirectory(directory, new IoInterceptor() {
            @Override
            public void before(IoOperation operation) throws IOException {
                if (operation.equals(failing)) {
                    throw new IOException("planned");
                }
            }
        });
    }

    private StorageDirectory withBadSector(long start) {
        return new BadSector(directory, LogFormat.segmentFileName(1), start);
    }

    private static final class Found implements DamagedLog.Reader {

        private final List<String> events = new ArrayList<>();

        @Override
        public void header(SegmentScanner.Gap gap) {
            events.add("header " + gap.from() + " " + gap.to());
        }

        @Override
        public void frame(Frame frame) {
            events.add("frame " + frame.sequence());
        }

        @Override
        public void gap(SegmentScanner.Gap gap) {
            events.add("gap " + gap.from() + " " + gap.to());
        }

        @Override
        public void unreadable(int from, IOException cause) {
            events.add("unreadable " + cause.getMessage());
        }
    }
}
