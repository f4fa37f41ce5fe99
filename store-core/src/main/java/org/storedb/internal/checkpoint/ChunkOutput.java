package org.storedb.internal.checkpoint;

import java.io.IOException;
import java.util.zip.CRC32C;
import org.storedb.internal.bytes.ByteWriter;
import org.storedb.storage.StorageFile;

/** Writes the chunks of a checkpoint. For one thread. */
final class ChunkOutput {

    private final StorageFile file;
    private final ByteWriter chunk =
            new ByteWriter(CheckpointFormat.CHUNK_HEADER_BYTES + CheckpointFormat.CHUNK_BYTES_MAX);
    private final CRC32C all = new CRC32C();
    private long position;
    private int chunks;

    ChunkOutput(StorageFile file) {
        this.file = file;
        chunk.putLong(0);
    }

    /** The content of the chunk that is being filled; whole items are added to it. */
    ByteWriter content() {
        return chunk;
    }

    boolean isFull() {
        return chunk.size() - CheckpointFormat.CHUNK_HEADER_BYTES >= CheckpointFormat.CHUNK_BYTES;
    }

    /** Writes what was filled in, and begins the next chunk. */
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

    /** Writes the last chunk: nothing may be added any more. */
    void finish() throws IOException {
        flush();
        chunk.putByte(CheckpointFormat.END).putInt((int) all.getValue());
        flush();
    }

    /** Bytes of the file so far. */
    long position() {
        return position;
    }

    /** All that comes to be in the file passes here. */
    private void write(byte[] bytes, int length) throws IOException {
        file.write(position, bytes, 0, length);
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
}
