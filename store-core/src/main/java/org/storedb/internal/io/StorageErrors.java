package org.storedb.internal.io;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.storedb.storage.StorageFullException;

/**
 * Says what a failure of the file system means, and distinguishes a full medium from others. A process that may open no
 * more files counts as one: nothing was written, and it passes when others are closed. Java provides the system's error
 * number only as a text: in the message, or in the reason of a {@link FileSystemException}. If the text is in another
 * language, the remaining space decides.
 */
public final class StorageErrors {

    /** Of ENOSPC, EDQUOT, EFBIG, EMFILE and ENFILE, and of ERROR_DISK_FULL and ERROR_DISK_QUOTA_EXCEEDED on Windows. */
    private static final List<String> FULL = List.of(
            "no space left",
            "quota exceeded",
            "file too large",
            "too many open files",
            "not enough space on the disk",
            "quota limit");

    private StorageErrors() {}

    /** Returns what went wrong, for messages: that of some of Java's exceptions is only the path. */
    public static String reason(IOException failure) {
        if (!(failure instanceof FileSystemException named) || named.getReason() != null) {
            return failure.getMessage() == null ? failure.toString() : failure.getMessage();
        }
        if (failure instanceof NoSuchFileException) {
            return named.getFile() + " does not exist";
        }
        if (failure instanceof NotDirectoryException) {
            return named.getFile() + " is not a directory";
        }
        if (failure instanceof AccessDeniedException) {
            return "this user may not access " + named.getFile();
        }
        if (failure instanceof FileAlreadyExistsException) {
            return named.getFile() + " exists already";
        }
        return failure.toString();
    }

    /**
     * Returns the failure as callers of the storage interface expect it.
     *
     * @param bytes the bytes that were to be written
     */
    static IOException typed(IOException failure, Path path, long bytes) {
        boolean full = failure instanceof StorageFullException || saysFull(failure) || usableBytes(path) < bytes;
        return full ? new StorageFullException(path + ": " + failure.getMessage(), failure) : failure;
    }

    private static boolean saysFull(IOException failure) {
        String reason = failure instanceof FileSystemException named ? named.getReason() : failure.getMessage();
        String lowerCase = reason == null ? "" : reason.toLowerCase(Locale.ROOT);
        return FULL.stream().anyMatch(lowerCase::contains);
    }

    private static long usableBytes(Path path) {
        try {
            return FileSystemDirectory.usableBytes(path);
        } catch (IOException e) {
            return Long.MAX_VALUE; // Then the cause is something else.
        }
    }
}
