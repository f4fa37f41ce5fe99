package org.storedb.internal.log;

import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.storedb.error.CorruptStoreException;
import org.storedb.internal.io.Closing;
import org.storedb.storage.StorageDirectory;
import org.storedb.storage.StorageFile;

/**
 * The log of a store that can no longer be opened, for reading whatever is still readable. Changes nothing. For one
 * thread.
 */
public final class DamagedLog implements Closeable {

    private final LogEncryption encryption;
    private final UUID storeId;
    private final long sequence;
    private final List<Part> parts = new ArrayList<>();
    private final List<String> notes = new ArrayList<>();

    private DamagedLog(LogEncryption encryption, UUID storeId, long sequence) {
        this.encryption = encryption;
        this.storeId = storeId;
        this.sequence = sequence;
    }

    /**
     * Finds the segments: those that the manifest names or, if it is unusable or outdated, all that belong to the same
     * store.
     *
     * @throws CorruptStoreException if nothing in the directory identifies the store
     * @throws org.storedb.error.WrongKeyException if it is encrypted with other keys
     */
    public static DamagedLog open(StorageDirectory directory, LogEncryption encryption) throws IOException {
        Manifest manifest = null;
        String note = null;
        try {
            manifest = ManifestFile.read(directory);
            if (manifest == null) {
                note = "The manifest is missing";
            } else if (isOutdated(manifest, directory)) {
                manifest = null;
                note = "The manifest is older than the log";
            }
        } catch (CorruptStoreException e) {
            note = "The manifest is damaged";
        } catch (IOException e) {
            manifest = null;
            note = "The manifest cannot be read (" + e.getMessage() + ")";
        }
        DamagedLog log =
                manifest == null ? withoutManifest(directory, encryption) : of(directory, encryption, manifest);
        if (note != null) {
            log.notes.add(note + "; all segments of the store were used. If a compaction was interrupted just before,"
                    + " deleted records may have come back");
        }
        return log;
    }

    private static boolean isOutdated(Manifest manifest, StorageDirectory directory) throws IOException {
        for (String name : directory.list()) {
            if (LogFormat.isSegmentFileName(name)
                    && LogFormat.segmentId(name) >= manifest.nextSegmentId()
                    && isNewer(name, manifest, directory)) {
                return true;
            }
        }
        return false;
    }

    private static boolean isNewer(String name, Manifest manifest, StorageDirectory directory) {
        try (StorageFile file = directory.open(name)) {
            SegmentHeader header = SegmentHeader.read(file, file.size());
            return header != null
                    && header.storeId().equals(manifest.storeId())
                    && Leftovers.isNewer(header, file, manifest);
        } catch (IOException e) {
            return false;
        }
    }

    private static DamagedLog of(StorageDirectory directory, LogEncryption encryption, Manifest manifest)
            throws IOException {
        DamagedLog log = new DamagedLog(encryption, manifest.storeId(), manifest.sequence());
        List<String> names = directory.list();
        return log.filled(() -> {
            for (Manifest.Entry entry : manifest.segments()) {
                String name = LogFormat.segmentFileName(entry.id());
                if (names.contains(name)) {
                    log.add(directory, name, entry.id(), entry.bytes());
                } else {
                    log.parts.add(new Part(log, name, null, entry.bytes()));
                }
            }
        });
    }

    private static DamagedLog withoutManifest(StorageDirectory directory, LogEncryption encryption) throws IOException {
        Map<String, SegmentHeader> headers = new HashMap<>();
        List<String> names = directory.list().stream()
                .filter(LogFormat::isSegmentFileName)
                .sorted()
                .toList();
        Map<UUID, Integer> stores = new HashMap<>();
        for (String name : names) {
            SegmentHeader header = headerOf(directory, name);
            if (header != null) {
                headers.put(name, header);
                stores.merge(header.storeId(), 1, Integer::sum);
            }
        }
        Optional<UUID> storeId = stores.entrySet().stream()
                .max(Comparator.comparing(Map.Entry<UUID, Integer>::getValue))
                .map(Map.Entry::getKey);
        if (storeId.isEmpty()) {
            throw new CorruptStoreException(
                    ManifestFile.NAME,
                    0,
                    "Neither a manifest nor a segment in " + directory.description()
                            + " says which store it is: there is nothing to salvage");
        }
        DamagedLog log = new DamagedLog(encryption, storeId.get(), 0);
        return log.filled(() -> {
            for (String name : names) {
                SegmentHeader header = headers.get(name);
                if (header != null && !header.storeId().equals(log.storeId)) {
                    log.notes.add("The file " + name + " belongs to another store and was left out");
                } else {
                    log.add(directory, name, LogFormat.segmentId(name), 0);
                }
            }
        });
    }

    /** Runs {@code filling}; if it throws, above all because of a wrong key, leaves no file open. */
    private DamagedLog filled(Runnable filling) {
        try {
            filling.run();
            return this;
        } catch (RuntimeException | Error e) {
            Closing.after(e, this);
            throw e;
        }
    }

    private static @Nullable SegmentHeader headerOf(StorageDirectory directory, String name) {
        try (StorageFile file = directory.open(name)) {
            return SegmentHeader.read(file, file.size());
        } catch (IOException e) {
            return null; // Reported later as unreadable.
        }
    }

    private void add(StorageDirectory directory, String name, int id, int durableBytes) {
        Segment segment = null;
        try {
            segment = opened(directory.open(name), name, id);
        } catch (IOException e) {
            notes.add("The file " + name + " cannot be opened: " + e.getMessage());
        }
        parts.add(new Part(this, name, segment, durableBytes));
    }

    private Segment opened(StorageFile opened, String name, int id) throws IOException {
        StorageFile file = new FileWithBadBlocks(
                opened,
                failure -> notes.add(
                        "Some of " + name + " cannot be read, and counts as damaged: " + failure.getMessage()));
        try {
            SegmentHeader header = SegmentHeader.read(file, file.size());
            SegmentCipher cipher = header == null ? SegmentCipher.NONE : cipher(header, name);
            return new Segment(id, file, cipher, (int) Math.min(file.size(), Integer.MAX_VALUE), true);
        } catch (IOException | RuntimeException | Error e) {
            LogOpener.closeQuietly(file);
            throw e;
        }
    }

    private SegmentCipher cipher(SegmentHeader header, String name) {
        try {
            return encryption.open(header, name);
        } catch (CorruptStoreException e) {
            return SegmentCipher.NONE; // The key is damaged; reading will report it.
        }
    }

    public UUID storeId() {
        return storeId;
    }

    /** Returns a commit that was complete when the manifest was written; 0 if none is known. */
    public long sequence() {
        return sequence;
    }

    /** Returns the segments that should exist, by age. */
    public List<Part> parts() {
        return parts;
    }

    /** Returns further findings, as sentences. */
    public List<String> notes() {
        return notes;
    }

    /** Returns all segments that can be opened, to read records from. */
    public SegmentTable segments() {
        List<Segment> segments = new ArrayList<>();
        for (Part part : parts) {
            if (part.segment != null) {
                segments.add(part.segment);
            }
        }
        return SegmentTable.of(segments);
    }

    @Override
    public void close() {
        for (Segment segment : segments().all()) {
            LogOpener.closeQuietly(segment.file()); // Nothing was written to it, so nothing can be lost.
        }
    }

    /** Receives what is found in a segment, in order. */
    public interface Reader {

        /** Reports that the header is damaged; this alone makes nothing else unreadable. */
        void header(SegmentScanner.Gap gap);

        /** Receives a frame that is intact. */
        void frame(Frame frame);

        /** Receives a part that is not intact. */
        void gap(SegmentScanner.Gap gap);

        /** Reports that the rest cannot be read. */
        void unreadable(int from, IOException cause);
    }

    /** One segment. */
    public static final class Part {

        private final DamagedLog log;
        private final String fileName;
        private final @Nullable Segment segment;
        private final int durableBytes;

        Part(DamagedLog log, String fileName, @Nullable Segment segment, int durableBytes) {
            this.log = log;
            this.fileName = fileName;
            this.segment = segment;
            this.durableBytes = durableBytes;
        }

        public String fileName() {
            return fileName;
        }

        /** Returns the segment, or {@code null} if its file is missing or cannot be opened. */
        public @Nullable Segment segment() {
            return segment;
        }

        /** Reads it from its start to its end, if it can be opened. */
        public void read(Reader reader) {
            if (segment != null) {
                read(segment, reader);
            }
        }

        private void read(Segment segment, Reader reader) {
            int[] position = {0};
            try {
                SegmentScanner scanner = scanner(segment, reader);
                int end = segment.bytes();
                scanner.scanTo(end, reader::frame);
                position[0] = scanner.validBytes();
                int used = usedBytes(segment, position[0]);
                while (position[0] < used) {
                    SegmentScanner.Gap gap = scanner.skipDamage();
                    reader.gap(gap.to() == end ? new SegmentScanner.Gap(gap.from(), used, gap.frame()) : gap);
                    scanner.scanTo(end, reader::frame);
                    position[0] = scanner.validBytes();
                }
                if (end < durableBytes) {
                    reader.gap(new SegmentScanner.Gap(end, durableBytes, null));
                }
            } catch (IOException e) {
                reader.unreadable(position[0], e);
            }
        }

        private SegmentScanner scanner(Segment segment, Reader reader) throws IOException {
            try {
                return new SegmentScanner(segment.file(), log.storeId, segment.id(), segment.bytes(), log.encryption);
            } catch (CorruptStoreException e) {
                reader.header(
                        new SegmentScanner.Gap(0, Math.min(segment.bytes(), LogFormat.SEGMENT_HEADER_BYTES), null));
                if (log.encryption.isEncrypting()) {
                    throw new IOException("The header of " + fileName
                            + " is damaged, and with it the key that the segment is encrypted with");
                }
                return SegmentScanner.withoutHeader(segment.file(), log.storeId, segment.id(), segment.bytes());
            }
        }

        /**
         * Returns where the segment ends, if its frames end at {@code least} or later: what has never been written is
         * zeros.
         */
        private int usedBytes(Segment segment, int least) throws IOException {
            byte[] chunk = new byte[1 << 16];
            int used = segment.bytes();
            while (used > least) {
                int from = Math.max(least, used - chunk.length);
                segment.file().read(from, chunk, 0, used - from);
                int last = used - from;
                while (last > 0 && chunk[last - 1] == 0) {
                    last--;
                }
                used = from + last;
                if (last > 0) {
                    break;
                }
            }
            return Math.max(used, Math.min(durableBytes, segment.bytes()));
        }
    }
}
