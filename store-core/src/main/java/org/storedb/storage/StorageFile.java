package org.storedb.storage;

import java.io.Closeable;
import java.io.IOException;

/**
 * A file that is written by one thread at a time and read by many concurrently. An interrupt of the calling thread
 * harms neither the file nor the call.
 */
public interface StorageFile extends Closeable {

    /**
     * Writes all the bytes at {@code position}; the file grows if necessary.
     *
     * @throws StorageFullException if there is no space for all of them; part of them may have been written
     */
    void write(long position, byte[] source, int offset, int length) throws IOException;

    /**
     * Reads exactly {@code length} bytes from {@code position}. Continues to work after {@link #close()} and after the
     * file was deleted, for everything that existed when it was opened or was allocated when it was created.
     *
     * @throws java.io.EOFException if the file ends before that
     */
    void read(long position, byte[] target, int offset, int length) throws IOException;

    /**
     * Reads up to eight bytes as a big-endian number. Implementations that can avoid allocating an array should
     * override this: each read of a value begins with it.
     *
     * @param length 1 to 8
     * @throws java.io.EOFException if the file ends before that
     */
    default long readNumber(long position, int length) throws IOException {
        byte[] bytes = new byte[length];
        read(position, bytes, 0, length);
        long number = 0;
        for (byte next : bytes) {
            number = (number << Byte.SIZE) | (next & 0xFF);
        }
        return number;
    }

    /**
     * Prefetches bytes that will soon be read into the processor's caches, for a file in memory; other implementations
     * need not do anything. Never fails.
     *
     * @param length at least 1; if very large, only the first bytes need be fetched
     * @return an arbitrary value; using it keeps the reads from being optimized away
     */
    default long touch(long position, int length) {
        return 0;
    }

    /** Returns the length of the file. Continues to work after {@link #close()}, like {@link #read}. */
    long size() throws IOException;

    /**
     * Extends the file with zeros, or truncates it. Nothing beyond the new size may be read any more.
     *
     * @throws StorageFullException if there is no space for it; the file is unchanged
     */
    void resize(long newSize) throws IOException;

    /** Makes everything written durable. After a failure, the state of all writes since the last success is unknown. */
    void sync() throws IOException;

    /** Closes the file for writing. */
    @Override
    void close() throws IOException;
}
