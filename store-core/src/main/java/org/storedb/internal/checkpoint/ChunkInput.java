package org.storedb.internal.checkpoint;

import java.io.IOException;
import java.util.function.LongConsumer;
import java.util.zip.CRC32C;
import org.storedb.internal.bytes.ByteReader;
import org.storedb.internal.bytes.MalformedBytesException;

/** Reads the chunks of a checkpoint, each verified before anything of it is used. For one thread. */
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
     * An input that stands before the first chunk.
     *
     * @param progress is told how many bytes have been read
     */
    ChunkInput(Source source, LongConsumer progress) throws IOException {
        this.source = source;
        this.progress = progress;
        this.size = source.size();
    }

    /**
     * Where to read the next item.
     *
     * @throws MalformedBytesException if there is none, or its chunk is damaged
     */
    ByteReader item() throws IOException {
        if (content.remaining() == 0) {
            nextChunk();
        }
        return content;
    }

    /** Where in the file the next item is. */
    long itemPosition() {
        return position - content.remaining();
    }

    /**
     * Reads the rest of the end, after its kind.
     *
     * @throws MalformedBytesException if not all that belongs to the file was there, or there is more
     */
    void requireEnd() {
        if (content.readInt() != (int) all.getValue() || content.remaining() > 0 || position != size) {
            throw new MalformedBytesException("It is not whole");
        }
    }

    private void nextChunk() throws IOException {
        if (chunks > 0) {
            ChunkOutput.addTo(all, lastChecksum);
        }
        if (size - position < header.length) {
            throw new MalformedBytesException("It is cut off");
        }
        read(header, header.length);
        ByteReader reader = new ByteReader(header);
        int length = reader.readInt();
        lastChecksum = reader.readInt();
        if (length <= 0 || length > CheckpointFormat.CHUNK_BYTES_MAX || length > size - position) {
            throw new MalformedBytesException("A chunk of " + length + " bytes");
        }
        if (bytes.length < length) {
            bytes = new byte[length];
        }
        read(bytes, length);
        if (ChunkOutput.checksum(chunks, bytes, 0, length) != lastChecksum) {
            throw new MalformedBytesException("Chunk " + chunks + " does not match its checksum");
        }
        chunks++;
        content = new ByteReader(bytes, 0, length);
        progress.accept(position);
    }

    private void read(byte[] target, int length) throws IOException {
        source.read(position, target, length);
        position += length;
    }

    /** Gives what is in the file. */
    interface Source {

        long size() throws IOException;

        void read(long position, byte[] target, int length) throws IOException;
    }
}
