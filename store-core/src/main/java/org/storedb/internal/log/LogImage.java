package org.storedb.internal.log;

import java.io.IOException;
import java.util.List;
import java.util.UUID;
import org.storedb.error.CorruptStoreException;
import org.storedb.storage.StorageDirectory;
import org.storedb.storage.StorageFile;

/**
 * A log in files elsewhere: its segments and where they end. Immutable.
 *
 * @param manifest as bytes of its file; it states that the log was closed cleanly
 * @param segments in the order of the manifest
 */
@SuppressWarnings("ArrayRecordComponent") // Never compared.
public record LogImage(UUID storeId, long sequence, byte[] manifest, List<Entry> segments) {

    /**
     * Returns the image that a manifest describes.
     *
     * @throws CorruptStoreException if the bytes are not a manifest
     * @throws org.storedb.error.UnsupportedFormatException if a newer version wrote them
     */
    public static LogImage of(byte[] manifest) {
        Manifest read = ManifestFile.read(manifest);
        return new LogImage(
                read.storeId(),
                read.sequence(),
                manifest,
                read.segments().stream()
                        .map(entry -> new Entry(entry.id(), entry.bytes(), entry.lastFrameChecksum()))
                        .toList());
    }

    /**
     * Reads all frames of a segment of this log.
     *
     * @throws CorruptStoreException if one of them, or their end, is not what was written
     */
    public void verify(Entry entry, StorageFile file, FrameAction action) throws IOException {
        SegmentScanner scanner = new SegmentScanner(file, storeId, entry.id(), file.size(), SegmentCipher.NONE);
        scanner.scanTo(entry.bytes(), action);
        if (scanner.validBytes() != entry.bytes() || scanner.lastFrameChecksum() != entry.lastFrameChecksum()) {
            throw new CorruptStoreException(
                    entry.fileName(),
                    scanner.validBytes(),
                    "The segment " + entry.fileName() + " is damaged at byte " + scanner.validBytes()
                            + ": a frame does not match its checksum");
        }
    }

    /** Turns a directory that has the files of the segments, all of them synced, into a log. The result is durable. */
    public void publish(StorageDirectory directory) throws IOException {
        directory.sync();
        ManifestFile.prepare(directory, ManifestFile.read(manifest));
        ManifestFile.publish(directory);
    }

    /**
     * One segment.
     *
     * @param bytes length of the header and frames
     * @param lastFrameChecksum header checksum of the last frame, which covers all before it
     */
    public record Entry(int id, int bytes, int lastFrameChecksum) {

        public String fileName() {
            return LogFormat.segmentFileName(id);
        }
    }
}
