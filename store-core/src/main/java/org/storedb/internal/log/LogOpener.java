package org.storedb.internal.log;

import java.io.IOException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.storedb.error.CorruptStoreException;
import org.storedb.storage.StorageDirectory;
import org.storedb.storage.StorageFile;
import org.storedb.storage.StorageFullException;

/**
 * Opens the log in a directory, or creates it: removes leftovers, hands the frames to a reader, and prepares the end of
 * the log for appending. May itself be interrupted anywhere and run again.
 *
 * <p>After an unclean stop, the valid part of the last segment is copied to a new file, which is synced and replaces
 * the original, and the manifest is rewritten. Either may have been written without becoming durable, and syncing it
 * now would prove nothing if an earlier sync failed: the system reports such a failure once and then considers the lost
 * pages clean.
 */
public final class LogOpener {

    private static final int COPY_CHUNK_BYTES = 1 << 20;

    /** At least this many segments fit on the disk: one of them is kept free for compaction. */
    private static final int SEGMENTS_LEAST = 16;

    private static final int SMALLER_SEGMENT_BYTES_LEAST = 1 << 20;

    private final StorageDirectory directory;
    private final InstantSource clock;
    private final LogEncryption encryption;
    private final int segmentBytesMax;
    private final LogReader reader;
    private int segmentBytes;

    /**
     * Creates an opener for the log in {@code directory}.
     *
     * @param segmentBytesMax size at which the log rolls over; less on a small disk
     */
    public LogOpener(
            StorageDirectory directory,
            InstantSource clock,
            LogEncryption encryption,
            int segmentBytesMax,
            LogReader reader) {
        this.directory = directory;
        this.clock = clock;
        this.encryption = encryption;
        this.segmentBytesMax = segmentBytesMax;
        this.reader = reader;
    }

    /**
     * Opens the log, or creates it if there is none.
     *
     * @param newStoreId supplies the id of the store if it has to be created
     * @throws CorruptStoreException if something that was durable is damaged or missing; nothing has been changed
     */
    public SegmentedLog open(Supplier<UUID> newStoreId) throws IOException {
        Manifest manifest = ManifestFile.read(directory);
        segmentBytes = segmentBytesFor(manifest);
        return manifest == null ? create(newStoreId.get()) : open(manifest);
    }

    /** Returns the size of segments that suits what the log has and can get of the disk. */
    private int segmentBytesFor(@Nullable Manifest manifest) {
        long bytes = LogSpace.usableBytes(directory) / SEGMENTS_LEAST;
        if (manifest != null) {
            for (Manifest.Entry entry : manifest.segments()) {
                bytes += entry.bytes() / SEGMENTS_LEAST;
            }
        }
        return (int) Math.min(segmentBytesMax, Math.max(SMALLER_SEGMENT_BYTES_LEAST, bytes));
    }

    private SegmentedLog create(UUID storeId) throws IOException {
        removeHalfCreatedStore();
        SegmentWriter writer = SegmentWriter.create(directory, storeId, 1, encryption, segmentBytes, clock.millis());
        try {
            writer.sync();
            directory.sync();
            Manifest manifest = new Manifest(storeId, clock.millis(), 0, 2, List.of(Manifest.Entry.active(1)));
            ManifestFile.prepare(directory, manifest);
            ManifestFile.publish(directory);
            return new SegmentedLog(
                    directory,
                    clock,
                    encryption,
                    segmentBytes,
                    segmentBytesMax,
                    manifest,
                    SegmentTable.of(List.of(writer.segment())),
                    writer);
        } catch (IOException | RuntimeException | Error e) {
            closeQuietly(writer.segment().file());
            throw e;
        }
    }

    /**
     * Removes a store whose creation was interrupted. It has one segment without a frame; if there is more, the
     * manifest is lost.
     */
    private void removeHalfCreatedStore() throws IOException {
        for (String name : directory.list()) {
            if (!LogFormat.isSegmentFileName(name)) {
                continue;
            }
            try (StorageFile file = directory.open(name)) {
                if (hasFrame(file) || !name.equals(LogFormat.segmentFileName(1))) {
                    throw Corruption.of(
                            ManifestFile.NAME,
                            0,
                            "The file '" + ManifestFile.NAME + "' is missing from " + directory.description()
                                    + ", but there is data in " + name);
                }
            }
            directory.delete(name);
        }
    }

    private static boolean hasFrame(StorageFile file) throws IOException {
        SegmentHeader header = SegmentHeader.read(file, file.size());
        int start = header == null ? LogFormat.SEGMENT_HEADER_BYTES : header.bytes();
        if (file.size() < start + FrameFormat.HEADER_BYTES_LEAST) {
            return false;
        }
        byte[] first = new byte[1];
        file.read(start, first, 0, first.length);
        return first[0] != 0;
    }

    private SegmentedLog open(Manifest manifest) throws IOException {
        requireAllFiles(manifest);
        Leftovers leftovers = Leftovers.find(directory, manifest);
        LogReading reading = LogReading.read(SegmentFiles.in(directory), encryption, manifest, reader);
        SegmentScanner scanner = reading.scanner();
        Segment segment = reading.active();
        StorageFile file = segment.file();
        try {
            // Only now is the store known to be sound: changes from here on lose nothing.
            Manifest current = manifest;
            SegmentWriter writer;
            if (leftovers.isEmpty() && isClosedInOrder(manifest, reading)) {
                writer = resume(segment, file, scanner);
            } else {
                reportTail(segment.fileName(), reading.bytesBehind());
                StorageFile copy = copyOf(file, segment.fileName(), scanner.validBytes());
                file.close();
                file = copy;
                writer = resume(segment, copy, scanner);
                current = manifest.reopened(writer.manifestEntry(false));
                ManifestFile.prepare(directory, current);
                ManifestFile.publish(directory);
                leftovers.delete();
            }
            List<Segment> segments = new ArrayList<>(reading.sealed());
            segments.add(writer.segment());
            return new SegmentedLog(
                    directory,
                    clock,
                    encryption,
                    segmentBytes,
                    segmentBytesMax,
                    current,
                    SegmentTable.of(segments),
                    writer);
        } catch (IOException | RuntimeException | Error e) {
            closeQuietly(file);
            throw e;
        }
    }

    private void requireAllFiles(Manifest manifest) throws IOException {
        List<String> names = directory.list();
        for (Manifest.Entry entry : manifest.segments()) {
            String name = LogFormat.segmentFileName(entry.id());
            if (!names.contains(name)) {
                throw Corruption.of(name, 0, "The file " + name + " is missing from " + directory.description());
            }
        }
    }

    /**
     * Returns whether everything in the active segment is known to be durable, and nothing follows to which a later
     * frame could appear to be chained.
     */
    private static boolean isClosedInOrder(Manifest manifest, LogReading reading) {
        return reading.scanner().validBytes() == manifest.active().bytes() && reading.bytesBehind() == 0;
    }

    private SegmentWriter resume(Segment read, StorageFile file, SegmentScanner scanner) throws IOException {
        Segment segment = read.movedTo(file, scanner.validBytes());
        int capacity = Math.max(segmentBytes, scanner.validBytes());
        return SegmentWriter.resume(segment, scanner.encoder(), encryption, capacity);
    }

    /** Replaces a file by a durable copy of its first bytes, and opens the copy. */
    private StorageFile copyOf(StorageFile original, String name, int bytes) throws IOException {
        String copyName = Leftovers.copyName(name);
        deleteIfThere(copyName);
        try (StorageFile copy = directory.create(copyName, Math.max(segmentBytes, bytes))) {
            byte[] chunk = new byte[Math.min(bytes, COPY_CHUNK_BYTES)];
            for (int position = 0; position < bytes; position += chunk.length) {
                int length = Math.min(chunk.length, bytes - position);
                original.read(position, chunk, 0, length);
                copy.write(position, chunk, 0, length);
            }
            copy.sync();
        } catch (StorageFullException e) {
            deleteIfThere(copyName); // An incomplete copy would only take up scarce space.
            throw new StorageFullException(
                    String.format(
                            Locale.ROOT,
                            "it was not closed cleanly, and opening it for writing has to copy the last %,d bytes of"
                                    + " its log: %s. Free that much space on the disk; nothing is lost, and the store"
                                    + " can be opened for reading only as it is",
                            bytes,
                            e.getMessage()),
                    e);
        }
        directory.rename(copyName, name);
        directory.sync();
        return directory.open(name);
    }

    private void deleteIfThere(String name) throws IOException {
        if (directory.list().contains(name)) {
            directory.delete(name);
        }
    }

    private void reportTail(String name, long dropped) {
        if (dropped > 0) {
            logger().log(
                            System.Logger.Level.WARNING,
                            "The store in {0} was not closed cleanly. {1} bytes at the end of {2} are not valid"
                                    + " commits; a crash leaves such bytes from commits that were not acknowledged."
                                    + " They are dropped.",
                            directory.description(),
                            dropped,
                            name);
        } else {
            logger().log(
                            System.Logger.Level.INFO,
                            "The store in {0} was not closed cleanly; everything in it is intact.",
                            directory.description());
        }
    }

    /** Closes a file after another failure, which is the one to report. */
    static void closeQuietly(StorageFile file) {
        try {
            file.close();
        } catch (IOException | RuntimeException | Error e) {
            logger().log(System.Logger.Level.DEBUG, "Cannot close a segment", e);
        }
    }

    private static System.Logger logger() {
        return System.getLogger(LogOpener.class.getName());
    }
}
