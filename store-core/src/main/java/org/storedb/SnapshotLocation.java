package org.storedb;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Locale;
import java.util.zip.GZIPInputStream;
import org.storedb.internal.io.Environment;
import org.storedb.internal.io.NewFile;
import org.storedb.internal.io.StoredBytes;
import org.storedb.internal.io.UserFiles;
import org.storedb.storage.StorageDirectory;

/** The location of a snapshot file. */
sealed interface SnapshotLocation {

    /** Returns its name for messages. */
    String shown();

    /** Returns the name of the file. */
    String name();

    /** Begins writing a new file. */
    NewFile create(Environment environment) throws IOException;

    /** Returns the content of the file as it is. */
    InputStream openStored() throws IOException;

    /** Returns the content of the file, decompressed if it was compressed as a whole. */
    default InputStream open() throws IOException {
        InputStream stored = new BufferedInputStream(openStored(), 1 << 16);
        try {
            stored.mark(2);
            boolean compressed = stored.read() == 0x1F && stored.read() == 0x8B;
            stored.reset();
            return compressed ? new GZIPInputStream(stored, 1 << 16) : stored;
        } catch (IOException | RuntimeException | Error e) {
            stored.close();
            throw e;
        }
    }

    /** Returns whether its name says that it is compressed as a whole. */
    default boolean isGzip() {
        return lowerCaseName().endsWith(".gz");
    }

    /** Returns the format that its name implies. */
    default SnapshotFileFormat format() {
        String name = lowerCaseName();
        String plain = isGzip() ? name.substring(0, name.length() - ".gz".length()) : name;
        boolean text = plain.endsWith(".json") || plain.endsWith(".jsonl") || plain.endsWith(".ndjson");
        return text ? SnapshotFileFormat.JSON : SnapshotFileFormat.BINARY;
    }

    private String lowerCaseName() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** A file of the file system. */
    record OfPath(Path file) implements SnapshotLocation {

        @Override
        public String shown() {
            return file.toString();
        }

        @Override
        public String name() {
            Path name = file.getFileName();
            return name == null ? "" : name.toString();
        }

        @Override
        public NewFile create(Environment environment) throws IOException {
            return NewFile.create(file, environment.random());
        }

        @Override
        public InputStream openStored() throws IOException {
            return UserFiles.read(file);
        }
    }

    /** A file in a directory that is held by the caller. */
    record InDirectory(StorageDirectory directory, String name) implements SnapshotLocation {

        private static final String UNFINISHED = ".new";

        @Override
        public String shown() {
            return name + " in " + directory.description();
        }

        /** Deletes what a crash has left of an earlier file first. */
        @Override
        public NewFile create(Environment environment) throws IOException {
            String temporaryName = name + UNFINISHED;
            if (directory.list().contains(temporaryName)) {
                directory.delete(temporaryName);
            }
            return NewFile.create(directory, name, temporaryName);
        }

        @Override
        public InputStream openStored() throws IOException {
            return new StoredBytes(directory.open(name));
        }
    }
}
