package org.storedb.internal.crypto;

import java.io.IOException;
import org.storedb.internal.bytes.ByteWriter;
import org.storedb.storage.StorageFile;

/**
 * Writes a file that is encrypted as a whole, from its start to its end. Not safe for use by several threads. What was
 * written without {@link #finish()} cannot be read.
 */
public final class EncryptedFileWriter {

    private final StorageFile file;
    private final DataKey key;
    private final byte[] chunk = new byte[EncryptedFileFormat.CHUNK_BYTES];
    private final byte[] sealed = new byte[EncryptedFileFormat.SEALED_CHUNK_BYTES];
    private int filled;
    private int chunks;
    private long position;

    /**
     * Begins the file.
     *
     * @param file empty; syncing and closing it is left to the caller
     * @param purpose what the file is and which store it belongs to: it can only be read for the same purpose
     */
    public EncryptedFileWriter(StorageFile file, KeyRing keys, String purpose) throws IOException {
        this.file = file;
        this.key = keys.generate(EncryptedFileFormat.keyContext(purpose));
        ByteWriter header = new ByteWriter(EncryptedFileFormat.HEADER_BYTES).putLong(EncryptedFileFormat.MAGIC);
        key.write(header);
        file.write(0, header.array(), 0, header.size());
        position = header.size();
    }

    /** Adds bytes at the end. */
    public void write(byte[] source, int offset, int length) throws IOException {
        int done = 0;
        while (done < length) {
            if (filled == chunk.length) {
                writeChunk(false); // Only now is it known that another one follows.
            }
            int part = Math.min(length - done, chunk.length - filled);
            System.arraycopy(source, offset + done, chunk, filled, part);
            filled += part;
            done += part;
        }
    }

    /** Writes the end; nothing may be added afterwards. */
    public void finish() throws IOException {
        writeChunk(true);
    }

    private void writeChunk(boolean last) throws IOException {
        key.encrypt(0, chunks, EncryptedFileFormat.chunkContext(last), chunk, 0, filled, sealed, 0);
        file.write(position, sealed, 0, filled + DataKey.OVERHEAD_BYTES);
        position += filled + DataKey.OVERHEAD_BYTES;
        chunks++;
        filled = 0;
    }
}
