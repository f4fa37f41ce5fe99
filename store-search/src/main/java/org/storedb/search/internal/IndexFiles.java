package org.storedb.search.internal;

import java.io.EOFException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.index.CorruptIndexException;
import org.apache.lucene.index.IndexFormatTooNewException;
import org.apache.lucene.index.IndexFormatTooOldException;
import org.apache.lucene.index.IndexNotFoundException;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.store.Directory;
import org.apache.lucene.store.Lock;
import org.apache.lucene.store.LockObtainFailedException;
import org.storedb.error.StoreLockedException;

/** The files of an index. For one thread at a time. */
public final class IndexFiles {

    private static final Pattern OURS = Pattern.compile("(_|segments|pending_segments|write\\.lock).*");

    private final Directory directory;
    private final String place;

    /**
     * Creates the files in a directory.
     *
     * @param place the directory as shown in messages
     */
    IndexFiles(Directory directory, String place) {
        this.directory = directory;
        this.place = place;
    }

    /**
     * Rejects a directory that contains other files: it may have been given by mistake. Hidden ones are created by file
     * managers and network file systems.
     *
     * @throws IllegalArgumentException if it contains other files
     */
    void requireOwn() throws IOException {
        List<String> others = Arrays.stream(directory.listAll())
                .filter(name -> !OURS.matcher(name).matches() && !name.startsWith("."))
                .toList();
        if (!others.isEmpty()) {
            throw new IllegalArgumentException(
                    "The directory " + place + " has files that do not belong to a text index: " + others
                            + "; give each text index its own directory");
        }
    }

    /** Opens the index as last committed, or an empty one. */
    IndexWriter open(Analyzer analyzer) throws IOException {
        IndexWriterConfig config = new IndexWriterConfig(analyzer)
                .setOpenMode(IndexWriterConfig.OpenMode.CREATE_OR_APPEND)
                .setCommitOnClose(false);
        try {
            return new IndexWriter(directory, config);
        } catch (LockObtainFailedException e) {
            throw locked(e);
        }
    }

    /** Deletes whatever is left of the index. */
    void delete() throws IOException {
        try (Lock lock = directory.obtainLock(IndexWriter.WRITE_LOCK_NAME)) {
            lock.ensureValid();
            for (String name : directory.listAll()) {
                if (OURS.matcher(name).matches() && !name.equals(IndexWriter.WRITE_LOCK_NAME)) {
                    directory.deleteFile(name);
                }
            }
        } catch (LockObtainFailedException e) {
            throw locked(e);
        }
    }

    private StoreLockedException locked(LockObtainFailedException e) {
        return new StoreLockedException(
                place,
                null,
                "The text index in " + place + " is already open, in another process or in this one (" + e.getMessage()
                        + "); close it there, or give each text index its own directory");
    }

    /** Returns whether a failure means that the index is damaged or of another version, rather than inaccessible. */
    public static boolean saysDamaged(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof CorruptIndexException
                    || cause instanceof IndexFormatTooOldException
                    || cause instanceof IndexFormatTooNewException
                    || cause instanceof IndexNotFoundException
                    || cause instanceof NoSuchFileException
                    || cause instanceof FileNotFoundException
                    || cause instanceof EOFException) {
                return true;
            }
        }
        return false;
    }
}
