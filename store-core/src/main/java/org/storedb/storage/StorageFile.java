package org.storedb.storage;

import java.io.Closeable;
import java.io.IOException;

/**
 * A file that is written by one thread at a time and read by many at once. An interrupt of the calling thread harms
 * neither the file nor the call.
 */
public interface StorageFile extends Closeable {

    /**
     * Writes all the bytes at {@code position}; the file grows if it must.
     *
     * @throws StorageFullException if there is no space for all of them; part of them may have been written
     */
    void write(long position, byte[] source, int offset, int length) throws IOException;

    /**
     * Reads exactly {@code length} bytes from {@code position}. Goes on to work after {@link #close()} and after the file
     * was deleted, for whatever was there when it was opened or created with its capacity.
     *
     * @throws java.io.EOFException if the file ends before that
     */
    void read(long position, byte[] target, int offset, int length) throws IOException;

    /**
     * Reads up to eight bytes as a big-endian number. A file that can do so without an array should: each read of a value
     * begins with this.
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
     * Has bytes that will soon be read come into the processor's caches, for a file that is in memory; any other one need
     * not do anything. It never fails.
     *
     * @param length at least 1; only the first ones need come if there are very many
     * @return anything; a caller that uses it keeps these reads from being optimized away
     */
    default long touch(long position, int length) {
        return 0;
    }

    long size() throws IOException;

    /**
     * Makes the file longer, with zeros, or shorter. Nothing beyond the new size may be read any more.
     *
     * @throws StorageFullException if there is no space for it; the file is as it was
     */
    void resize(long newSize) throws IOException;

    /** Makes all that was written durable. After a failure nothing is known of any write since the last success. */
    void sync() throws IOException;

    /** Ends writing. */
    @Override
    void close() throws IOException;
}
