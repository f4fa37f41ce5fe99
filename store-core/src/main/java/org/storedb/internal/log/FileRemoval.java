package org.storedb.internal.log;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.storedb.storage.StorageDirectory;

/**
 * Deletes files that are no longer part of the log. Some systems refuse that while a file is mapped, that is until the
 * garbage collector finds that its last reader is gone: deletion is retried with each later file, and whatever remains
 * is a leftover that the next open deletes. Safe for use by many threads.
 */
final class FileRemoval {

    private final StorageDirectory directory;
    private final Queue<String> refused = new ConcurrentLinkedQueue<>();

    FileRemoval(StorageDirectory directory) {
        this.directory = directory;
    }

    /** Deletes a file, now or later. */
    void remove(String fileName) {
        retry();
        if (!delete(fileName)) {
            refused.add(fileName);
        }
    }

    /** Retries the deletions that failed. */
    void retry() {
        for (int left = refused.size(); left > 0; left--) {
            String fileName = refused.poll();
            if (fileName != null && !delete(fileName)) {
                refused.add(fileName);
            }
        }
    }

    /** Returns the files that could not be deleted yet. */
    List<String> refused() {
        return List.copyOf(refused);
    }

    private boolean delete(String fileName) {
        try {
            directory.delete(fileName);
            return true;
        } catch (NoSuchFileException e) {
            return true;
        } catch (IOException e) {
            System.getLogger(FileRemoval.class.getName())
                    .log(System.Logger.Level.WARNING, "Cannot delete " + fileName + " yet: " + e.getMessage());
            return false;
        }
    }
}
