package org.storedb.internal.log;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.storedb.error.CorruptStoreException;
import org.storedb.storage.StorageDirectory;
import org.storedb.storage.StorageFile;

/** Logs without a store above them. */
public final class TestLogs {

    public static final int SEGMENT_BYTES = 64 << 10;
    public static final UUID STORE = new UUID(1, 2);

    private TestLogs() {}

    /** Opens a log that is not encrypted, or creates it. */
    public static SegmentedLog open(StorageDirectory directory) {
        return open(directory, LogEncryption.NONE, new Reader(null));
    }

    /** Opens a log, or creates it; the frames go to {@code reader}. */
    public static SegmentedLog open(StorageDirectory directory, LogEncryption encryption, LogReader reader) {
        try {
            return new LogOpener(directory, InstantSource.fixed(Instant.EPOCH), encryption, SEGMENT_BYTES, reader)
                    .open(() -> STORE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Writes a file, in place of the one that there is. */
    static void write(StorageDirectory directory, String name, byte[] content) throws IOException {
        if (directory.list().contains(name)) {
            directory.delete(name);
        }
        try (StorageFile file = directory.create(name, 0)) {
            file.write(0, content, 0, content.length);
        }
    }

    /** Writes the manifest of a log with these segments. */
    static void writeManifest(StorageDirectory directory, int nextSegmentId, Manifest.Entry... segments)
            throws IOException {
        Manifest manifest = new Manifest(STORE, 0, 0, nextSegmentId, List.of(segments));
        write(directory, ManifestFile.NAME, ManifestFile.encode(manifest));
    }

    /** Appends a commit that puts a value of zeros, and rolls the log before if it must. */
    public static void put(SegmentedLog log, long sequence, String key, int valueBytes) throws IOException {
        FrameBody body = FrameBody.ofCommit();
        body.put(1, key.getBytes(UTF_8), RecordFormat.Content.of(0, 0, new byte[valueBytes]));
        if (!log.hasRoomFor(body)) {
            log.roll(sequence - 1, log.bytesOf(body));
        }
        log.append(sequence, body);
        log.flush();
    }

    /** Notes the sequences of what it is handed. */
    public static class Reader implements LogReader {

        final List<Long> sequences = new ArrayList<>();
        final List<String> restarts = new ArrayList<>();
        /** So often what was read is not sound. */
        int unsoundTimes;

        private final @Nullable LogMark start;
        private @Nullable Segment segment;

        public Reader(@Nullable LogMark start) {
            this.start = start;
        }

        @Override
        public @Nullable LogMark start(UUID storeId) {
            return start;
        }

        @Override
        public void begin(long bytesTotal) {}

        @Override
        public boolean isComplete(Set<Integer> segmentIds) {
            return true;
        }

        @Override
        public void requireSound(SegmentTable segments) {
            if (unsoundTimes > 0) {
                unsoundTimes--;
                throw new CorruptStoreException("segment", 0, "The catalog is not sound");
            }
        }

        @Override
        public void restart(String reason) {
            restarts.add(reason);
            sequences.clear();
        }

        @Override
        public void sequenceAtLeast(long sequence) {}

        @Override
        public void beginSegment(Segment newSegment) {
            segment = newSegment;
        }

        @Override
        public void frame(Frame frame) {
            Objects.requireNonNull(segment).note(new SegmentFigures.Counter().frame());
            sequences.add(frame.sequence());
        }
    }
}
