package org.storedb.internal.checkpoint;

import java.io.IOException;
import java.util.function.LongConsumer;
import java.util.zip.CRC32C;
import org.storedb.internal.bytes.ByteReader;
import org.storedb.internal.bytes.MalformedBytesException;

/** Reads the chunks of a checkpoint, verifying each before any of it is used. For one thread. */
final class ChunkInput {

    private final Source source;
    private final LongConsumer progress;
    private final long size;
    private final byte[] header = new byte[CheckpointFormat.CHUNK_HEADER_BYTES];
    private final CRC32C all = new CRC32C();
    private byte[] bytes = {};
    private ByteReader content = new ByteReader(bytes);
    private int lastChecksum;
    private int chunks;
    private long position;

    /**
     * Creates an input positioned before the first chunk.
     *
     * @param progress receives how many bytes have been read
     */
    ChunkInput(Source source, LongConsumer progress) throws IOException {
        this.source = source;
        this.progress = progress;
        this.size = source.size();
    }

    /**
     * Returns a reader positioned at the next item.
     *
     * @throws MalformedBytesException if there is none, or its chunk is damaged
     */
    ByteReader item() throws IOException {
        if (content.remaining() == 0) {
            nextChunk();
        }
        return content;
    }

    /** Returns the position of the next item in the file. */
    long itemPosition() {
        return position - content.remaining();
    }

    /**
     * Reads the rest of the end item, after its kind.
     *
     * @throws MalformedBytesException if a part of the file was missing, or there is more
     */
    void requireEnd() {
        if (content.readInt() != (int) all.getValue() || content.remaining() > 0 || position != size) {
            throw new MalformedBytesException("it is incomplete");
        }
    }

    private void nextChunk() throws IOException {
        if (chunks > 0) {
            ChunkOutput.addTo(all, lastChecksum);
        }
        if (size - position < header.length) {
            throw new MalformedBytesException("it is truncated");
        }
        read(header, header.length);
        ByteReader reader = new ByteReader(header);
        int length = reader.readInt();
        lastChecksum = reader.readInt();
        if (length <= 0 || length > CheckpointFormat.CHUNK_BYTES_MAX || length > size - position) {
            throw new MalformedBytesException("it has a chunk of " + length + " bytes");
        }
        if (bytes.length < length) {
            bytes = new byte[length];
        }
        read(bytes, length);
        if (ChunkOutput.checksum(chunks, bytes, 0, length) != lastChecksum) {
            throw new MalformedBytesException("chunk " + chunks + " does not match its checksum");
        }
        chunks++;
        content = new ByteReader(bytes, 0, length);
        progress.accept(position);
    }

    private void read(byte[] target, int length) throws IOException {
        source.read(position, target, length);
        position += length;
    }

    /** Provides the content of the file. */
    interface Source {

        long size() throws IOException;

        void read(long position, byte[] target, int length) throws IOException;
    }
}
