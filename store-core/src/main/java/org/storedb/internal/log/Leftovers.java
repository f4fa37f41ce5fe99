package org.storedb.internal.log;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import org.storedb.error.CorruptStoreException;
import org.storedb.storage.StorageDirectory;
import org.storedb.storage.StorageFile;

/**
 * Files of a store that its manifest does not name: remains of a compaction, a rollover, or the replacement of a file
 * that was cut short. Such a segment holds nothing that the log needs. If one does, the manifest is the wrong one, or
 * the segment is from another store, and it is never deleted.
 */
final class Leftovers {

    /** Suffix of a copy that is to replace the original. */
    private static final String COPY_SUFFIX = ".copy";

    private final StorageDirectory directory;
    private final Manifest manifest;
    private final List<String> names = new ArrayList<>();

    private Leftovers(StorageDirectory directory, Manifest manifest) {
        this.directory = directory;
        this.manifest = manifest;
    }

    /** Returns the name of the copy that is to replace a segment. */
    static String copyName(String segmentName) {
        return segmentName + COPY_SUFFIX;
    }

    /** Returns whether a file of this name is a segment, or a copy of one. */
    static boolean isOfTheLog(String name) {
        return LogFormat.isSegmentFileName(name) || isCopyName(name);
    }

    private static boolean isCopyName(String name) {
        return name.endsWith(COPY_SUFFIX)
                && LogFormat.isSegmentFileName(name.substring(0, name.length() - COPY_SUFFIX.length()));
    }

    /**
     * Finds the leftovers.
     *
     * @throws CorruptStoreException if one of them is not a leftover
     */
    static Leftovers find(StorageDirectory directory, Manifest manifest) throws IOException {
        Set<String> wanted = new HashSet<>();
        for (Manifest.Entry entry : manifest.segments()) {
            wanted.add(LogFormat.segmentFileName(entry.id()));
        }
        Leftovers leftovers = new Leftovers(directory, manifest);
        for (String name : directory.list()) {
            boolean segment = LogFormat.isSegmentFileName(name);
            boolean ours = segment || isCopyName(name) || name.equals(ManifestFile.NEW_NAME);
            if (ours && !wanted.contains(name)) {
                if (segment) {
                    leftovers.requireNoData(name);
                }
                leftovers.names.add(name);
            }
        }
        return leftovers;
    }

    /**
     * Returns the files that look like a part of the log, while it is in use, but are not.
     *
     * @param known provides the names of the files in use
     */
    static List<String> leaked(StorageDirectory directory, Supplier<List<String>> known) throws IOException {
        Set<String> used = new HashSet<>(known.get());
        List<String> found = directory.list();
        used.addAll(known.get()); // A file that came or went while the directory was read is in one of the two.
        List<String> suspects = found.stream()
                .filter(name -> isOfTheLog(name) && !used.contains(name))
                .toList();
        return suspects.isEmpty()
                ? suspects
                : directory.list().stream().filter(suspects::contains).toList();
    }

    boolean isEmpty() {
        return names.isEmpty();
    }

    /** Deletes those that still exist. */
    void delete() throws IOException {
        List<String> present = directory.list();
        for (String name : names) {
            if (present.contains(name)) {
                directory.delete(name);
            }
        }
    }

    private void requireNoData(String name) throws IOException {
        SegmentHeader header;
        boolean newer;
        try (StorageFile file = directory.open(name)) {
            header = SegmentHeader.read(file, file.size());
            if (header == null) {
                return; // Never became durable.
            }
            newer = isNewer(header, file, manifest);
        }
        if (!header.storeId().equals(manifest.storeId())) {
            throw new CorruptStoreException(
                    name,
                    0,
                    "The file " + name + " in " + directory.description() + " belongs to store " + header.storeId()
                            + ", not to store " + manifest.storeId() + "; move it away");
        }
        if (newer) {
            throw new CorruptStoreException(
                    ManifestFile.NAME,
                    0,
                    "The file " + name + " in " + directory.description() + " has commits, but is newer than the file '"
                            + ManifestFile.NAME + "'; restore the whole directory from one backup");
        }
    }

    /** Returns whether a segment has commits although the manifest cannot know of it: then the manifest is outdated. */
    static boolean isNewer(SegmentHeader header, StorageFile file, Manifest manifest) throws IOException {
        return header.segmentId() >= manifest.nextSegmentId() && beginsWithCommit(file, header.bytes());
    }

    private static boolean beginsWithCommit(StorageFile file, int offset) throws IOException {
        if (file.size() < offset + FrameFormat.HEADER_BYTES_LEAST) {
            return false;
        }
        byte[] start = new byte[1];
        file.read(offset, start, 0, start.length);
        return FrameFormat.isStartOfCommit(start[0]);
    }
}
