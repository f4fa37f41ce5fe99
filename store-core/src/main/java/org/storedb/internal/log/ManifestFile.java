package org.storedb.internal.log;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.storedb.error.CorruptStoreException;
import org.storedb.error.UnsupportedFormatException;
import org.storedb.internal.bytes.ByteReader;
import org.storedb.internal.bytes.ByteWriter;
import org.storedb.internal.bytes.MalformedBytesException;
import org.storedb.storage.StorageDirectory;
import org.storedb.storage.StorageFile;

/**
 * Reads and atomically replaces the manifest, in two steps: a failure in {@link #prepare} leaves everything as it was;
 * after a failed {@link #publish} it is unknown which manifest is on the medium.
 *
 * <pre>
 * manifest:  [ magic "STOREMF1" 8 ] [ format version 4 ] [ store id 16 ] [ created at, ms 8 ] [ sequence 8 ]
 *            [ commits removed to 8 ] [ next segment id 4 ] [ number of segments 4 ]
 *            for each segment [ id 4 ] [ sealed 1 ] [ bytes 4 ] [ last frame's header checksum 4 ]
 *            [ CRC-32C of everything before 4; there in every version ]
 * </pre>
 */
final class ManifestFile {

    static final String NAME = "manifest";
    static final String NEW_NAME = "manifest.new";

    private static final long MAGIC = 0x53544F52454D4631L;
    private static final int BYTES_MAX = 64 << 20;

    private ManifestFile() {}

    /** Returns the manifest, or {@code null} if there is none. */
    static @Nullable Manifest read(StorageDirectory directory) throws IOException {
        byte[] bytes;
        try (StorageFile file = directory.open(NAME)) {
            if (file.size() > BYTES_MAX) {
                throw damaged(BYTES_MAX, null);
            }
            bytes = new byte[(int) file.size()];
            file.read(0, bytes, 0, bytes.length);
        } catch (NoSuchFileException e) {
            return null;
        }
        return read(bytes);
    }

    /** Returns the manifest that {@link #encode} encoded as these bytes. */
    static Manifest read(byte[] bytes) {
        try {
            return decode(bytes);
        } catch (MalformedBytesException e) {
            throw damaged(0, e);
        }
    }

    /** Writes a manifest beside the current one. */
    static void prepare(StorageDirectory directory, Manifest manifest) throws IOException {
        if (directory.list().contains(NEW_NAME)) {
            directory.delete(NEW_NAME);
        }
        byte[] bytes = encode(manifest);
        try (StorageFile file = directory.create(NEW_NAME, 0)) {
            file.write(0, bytes, 0, bytes.length);
            file.sync();
        }
    }

    /**
     * Puts the prepared manifest in place, durably. After a failure either the old or the new one is in place, whole.
     */
    static void publish(StorageDirectory directory) throws IOException {
        directory.rename(NEW_NAME, NAME);
        directory.sync();
    }

    static byte[] encode(Manifest manifest) {
        ByteWriter writer = new ByteWriter(256);
        writer.putLong(MAGIC).putInt(LogFormat.VERSION).putUuid(manifest.storeId());
        writer.putLong(manifest.createdAtMillis()).putLong(manifest.sequence()).putLong(manifest.commitsRemovedTo());
        writer.putInt(manifest.nextSegmentId()).putInt(manifest.segments().size());
        for (Manifest.Entry entry : manifest.segments()) {
            writer.putInt(entry.id()).putByte(entry.sealed() ? 1 : 0);
            writer.putInt(entry.bytes()).putInt(entry.lastFrameChecksum());
        }
        writer.putInt(LogFormat.checksum(writer.array(), 0, writer.size()));
        return writer.toByteArray();
    }

    private static Manifest decode(byte[] bytes) {
        ByteReader reader = new ByteReader(bytes);
        int checked = bytes.length - Integer.BYTES;
        boolean whole = reader.readLong() == MAGIC
                && new ByteReader(bytes, checked, Integer.BYTES).readInt() == LogFormat.checksum(bytes, 0, checked);
        if (!whole) {
            throw new MalformedBytesException("Checksum does not match");
        }
        int version = reader.readInt();
        if (version > LogFormat.VERSION) {
            throw new UnsupportedFormatException("The store has format version " + version
                    + ", this release of StoreDB reads up to " + LogFormat.VERSION + "; use a newer release");
        }
        UUID storeId = reader.readUuid();
        long createdAtMillis = reader.readLong();
        long sequence = reader.readLong();
        long commitsRemovedTo = reader.readLong();
        int nextSegmentId = reader.readInt();
        int count = reader.readInt();
        List<Manifest.Entry> segments = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            segments.add(
                    new Manifest.Entry(reader.readInt(), reader.readByte() == 1, reader.readInt(), reader.readInt()));
        }
        if (reader.position() != checked || segments.isEmpty()) {
            throw new MalformedBytesException("Unexpected length");
        }
        Manifest manifest = new Manifest(storeId, createdAtMillis, sequence, commitsRemovedTo, nextSegmentId, segments);
        requireConsistent(manifest);
        return manifest;
    }

    private static void requireConsistent(Manifest manifest) {
        List<Manifest.Entry> segments = manifest.segments();
        int last = segments.size() - 1;
        boolean consistent = manifest.segmentIds().size() == segments.size();
        for (int i = 0; i <= last; i++) {
            Manifest.Entry entry = segments.get(i);
            consistent &= entry.id() > 0 && entry.bytes() >= 0 && entry.sealed() == (i < last);
        }
        if (!consistent) {
            throw new MalformedBytesException("Its segments contradict each other");
        }
    }

    private static CorruptStoreException damaged(long offset, @Nullable Throwable cause) {
        return Corruption.of(NAME, offset, "The file '" + NAME + "' is damaged", cause);
    }
}
