package org.storedb.internal.checkpoint;

import java.io.IOException;
import java.util.zip.CRC32C;
import org.storedb.internal.bytes.ByteWriter;

/** Writes the chunks of a checkpoint. For one thread. */
final class ChunkOutput {

    private final Target target;
    private final ByteWriter chunk = new ByteWriter(8192);
    private final CRC32C all = new CRC32C();
    private long position;
    private int chunks;

    ChunkOutput(Target target) {
        this.target = target;
        chunk.putLong(0);
    }

    /** Returns the content of the chunk that is being filled; whole items are added to it. */
    ByteWriter content() {
        return chunk;
    }

    boolean isFull() {
        return chunk.size() - CheckpointFormat.CHUNK_HEADER_BYTES >= CheckpointFormat.CHUNK_BYTES;
    }

    /** Writes the current chunk, and begins the next one. */
    void flush() throws IOException {
        int contentBytes = chunk.size() - CheckpointFormat.CHUNK_HEADER_BYTES;
        int checksum = checksum(chunks, chunk.array(), CheckpointFormat.CHUNK_HEADER_BYTES, contentBytes);
        chunk.setInt(0, contentBytes);
        chunk.setInt(Integer.BYTES, checksum);
        write(chunk.array(), chunk.size());
        addTo(all, checksum);
        chunks++;
        chunk.reset(Integer.MAX_VALUE);
        chunk.putLong(0);
    }

    /** Writes the last chunk; nothing may be added afterwards. */
    void finish() throws IOException {
        flush();
        chunk.putByte(CheckpointFormat.END).putInt((int) all.getValue());
        flush();
    }

    private void write(byte[] bytes, int length) throws IOException {
        target.write(position, bytes, length);
        position += length;
    }

    static int checksum(int number, byte[] bytes, int offset, int length) {
        CRC32C crc = new CRC32C();
        addTo(crc, number);
        crc.update(bytes, offset, length);
        return (int) crc.getValue();
    }

    static void addTo(CRC32C crc, int value) {
        crc.update(value >>> 24);
        crc.update(value >>> 16);
        crc.update(value >>> 8);
        crc.update(value);
    }

    /** Receives the content of the file, from start to end. */
    @FunctionalInterface
    interface Target {
        void write(long position, byte[] bytes, int length) throws IOException;
    }
}
