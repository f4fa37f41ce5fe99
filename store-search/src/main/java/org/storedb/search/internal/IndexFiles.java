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
     * The files in a directory.
     *
     * @param place what to call the directory in messages
     */
    IndexFiles(Directory directory, String place) {
        this.directory = directory;
        this.place = place;
    }

    /**
     * Refuses a directory that has files of another kind: somebody may have mistaken it for another one.
     *
     * @throws IllegalArgumentException if it has
     */
    void requireOwn() throws IOException {
        List<String> others = Arrays.stream(directory.listAll())
                .filter(name -> !OURS.matcher(name).matches())
                .toList();
        if (!others.isEmpty()) {
            throw new IllegalArgumentException("The directory " + place + " has files that are not of a text index: "
                    + others + "; give each text index a directory of its own");
        }
    }

    /** Opens the index as it was committed last, or an empty one. */
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

    /** Removes the index, whatever is left of it. */
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
                "The text index in " + place + " is open already, in another process or in this one (" + e.getMessage()
                        + "); close it there, or give each text index a directory of its own");
    }

    /** Whether what failed says that the index is damaged or of another version, and not that it cannot be reached. */
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
