package org.storedb.internal.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.storedb.error.CorruptStoreException;
import org.storedb.error.UnsupportedFormatException;
import org.storedb.internal.bytes.ByteWriter;
import org.storedb.internal.crypto.KeyRing;
import org.storedb.internal.crypto.MasterKey;
import org.storedb.internal.io.MemoryDirectory;
import org.storedb.storage.StorageDirectory;
import org.storedb.storage.StorageFile;
import org.storedb.testing.InterceptedDirectory;
import org.storedb.testing.IoInterceptor;
import org.storedb.testing.IoOperation;

/** The manifest and the headers of segments: also with checksums that are right although what they cover is not. */
class StoreFileFormatTests {

    private static final UUID STORE = new UUID(1, 2);
    private static final int VERSION_OFFSET = 8;
    private static final int ENCRYPTION_OFFSET = 40;

    private final MemoryDirectory directory = new MemoryDirectory();
    private final Manifest manifest =
            new Manifest(STORE, 5, 7, 3, List.of(new Manifest.Entry(1, true, 100, 9), Manifest.Entry.active(2)));

    @Test
    void manifestIsReadAsItWasWritten() throws IOException {
        assertThat(ManifestFile.read(directory)).isNull();
        ManifestFile.prepare(directory, manifest.withSequence(6));
        ManifestFile.prepare(directory, manifest); // In place of the one before.
        ManifestFile.publish(directory);

        assertThat(ManifestFile.read(directory)).isEqualTo(manifest);
    }

    @Test
    void everyFlippedBitOfTheManifestIsNoticed() {
        byte[] bytes = ManifestFile.encode(manifest);
        for (int bit = 0; bit < Byte.SIZE * bytes.length; bit++) {
            byte[] bad = bytes.clone();
            bad[bit / Byte.SIZE] ^= (byte) (1 << bit % Byte.SIZE);
            assertThatThrownBy(() -> ManifestFile.read(bad)).isInstanceOf(CorruptStoreException.class);
        }
        for (int length = 0; length < bytes.length; length++) {
            byte[] bad = Arrays.copyOf(bytes, length);
            assertThatThrownBy(() -> ManifestFile.read(bad)).isInstanceOf(CorruptStoreException.class);
        }
    }

    @Test
    void manifestThatIsLongerThanItsSegmentsIsRefused() {
        byte[] bytes = ManifestFile.encode(manifest);
        byte[] longer = withChecksum(Arrays.copyOf(bytes, bytes.length + 1));

        assertThatThrownBy(() -> ManifestFile.read(longer)).isInstanceOf(CorruptStoreException.class);
    }

    @Test
    void manifestWithoutASegmentIsRefused() {
        byte[] bytes = ManifestFile.encode(new Manifest(STORE, 5, 7, 3, List.of()));

        assertThatThrownBy(() -> ManifestFile.read(bytes)).isInstanceOf(CorruptStoreException.class);
    }

    @Test
    void manifestOfANewerVersionIsRefused() {
        byte[] bytes = ManifestFile.encode(manifest);
        bytes[VERSION_OFFSET + 3] = LogFormat.VERSION + 1;

        assertThatExceptionOfType(UnsupportedFormatException.class)
                .isThrownBy(() -> ManifestFile.read(withChecksum(bytes)))
                .withMessageContaining("use a newer release");
    }

    @Test
    void manifestThatIsTooLongIsNotLoaded() throws IOException {
        directory.create(ManifestFile.NAME, 0).resize((64 << 20) + 1);
        StorageDirectory unreadable = new InterceptedDirectory(directory, new IoInterceptor() {
            @Override
            public void before(IoOperation operation) {
                assertThat(operation.kind()).isNotEqualTo(IoOperation.Kind.READ);
            }
        });

        assertThatThrownBy(() -> ManifestFile.read(unreadable)).isInstanceOf(CorruptStoreException.class);
    }

    @Test
    void segmentThatTheManifestDoesNotNameIsNotFound() {
        assertThat(manifest.find(2)).isEqualTo(Manifest.Entry.active(2));
        assertThatExceptionOfType(IllegalArgumentException.class).isThrownBy(() -> manifest.find(3));
    }

    @Test
    void everyFlippedBitOfASegmentHeaderIsNoticed() throws IOException {
        for (boolean encrypted : List.of(false, true)) {
            byte[] bytes = header(encrypted);
            assertThat(read(bytes)).isNotNull();
            for (int bit = 0; bit < Byte.SIZE * bytes.length; bit++) {
                byte[] bad = bytes.clone();
                bad[bit / Byte.SIZE] ^= (byte) (1 << bit % Byte.SIZE);
                assertThat(read(bad)).isNull();
            }
            for (int length = 0; length < bytes.length; length++) {
                assertThat(read(Arrays.copyOf(bytes, length))).isNull();
            }
        }
    }

    @Test
    void segmentOfANewerVersionIsRefused() {
        byte[] newer = header(false);
        newer[VERSION_OFFSET + 3] = LogFormat.VERSION + 1;
        byte[] otherEncryption = header(false);
        otherEncryption[ENCRYPTION_OFFSET] = 2;

        for (byte[] bytes : List.of(newer, otherEncryption)) {
            assertThatExceptionOfType(UnsupportedFormatException.class)
                    .isThrownBy(() -> read(withChecksum(bytes)))
                    .withMessageContaining("use a newer release");
        }
    }

    @Test
    void tableFindsSegmentsByTheirIds() throws IOException {
        Segment five = segment(5);
        Segment eight = segment(8);
        SegmentTable table = SegmentTable.of(List.of(eight, five));

        assertThat(table.all()).containsExactly(five, eight);
        assertThat(table.get(8)).isSameAs(eight);
        assertThat(table.contains(5)).isTrue();
        for (int id : new int[] {4, 6, 9}) {
            assertThat(table.contains(id)).isFalse();
            assertThatExceptionOfType(IllegalStateException.class).isThrownBy(() -> table.get(id));
        }
        assertThat(SegmentTable.of(List.of()).all()).isEmpty();
        assertThat(SegmentTable.of(List.of()).contains(0)).isFalse();
    }

    private Segment segment(int id) throws IOException {
        return new Segment(id, directory.create("segment" + id, 0), SegmentCipher.NONE, 10, true);
    }

    private static byte[] header(boolean encrypted) {
        LogEncryption encryption = encrypted
                ? LogEncryption.with(new KeyRing(
                        new MasterKey("test", new byte[MasterKey.KEY_BYTES]), List.of(), false, new Random(1)))
                : LogEncryption.NONE;
        ByteWriter header = new ByteWriter();
        SegmentHeader.write(header, 1, STORE, 0, encryption.begin(STORE, 1));
        return header.toByteArray();
    }

    private static @Nullable SegmentHeader read(byte[] bytes) throws IOException {
        StorageFile file = new MemoryDirectory().create("segment", 0);
        file.write(0, bytes, 0, bytes.length);
        return SegmentHeader.read(file, bytes.length);
    }

    /** Repairs the checksum at the end. */
    private static byte[] withChecksum(byte[] bytes) {
        int checked = bytes.length - Integer.BYTES;
        ByteWriter checksum = new ByteWriter().putInt(LogFormat.checksum(bytes, 0, checked));
        System.arraycopy(checksum.array(), 0, bytes, checked, Integer.BYTES);
        return bytes;
    }
}
