package org.storedb.internal.crypto;

import java.io.EOFException;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.storedb.error.CorruptStoreException;
import org.storedb.error.WrongKeyException;
import org.storedb.internal.bytes.ByteReader;
import org.storedb.storage.StorageFile;

/** Reads a file that {@link EncryptedFileWriter} wrote, at any position. Not safe for use by several threads. */
public final class EncryptedFileReader {

    private final StorageFile file;
    private final String fileName;
    private final DataKey key;
    private final long size;
    private final int lastChunk;
    private byte @Nullable [] chunk;
    private int chunkNumber;

    /**
     * Begins to read.
     *
     * @param file closing it is left to the caller
     * @param fileName the name of the file for messages
     * @param keys {@code null} if the store was opened without keys
     * @param purpose the one that it was written for
     * @throws WrongKeyException if the key is wrong or missing
     * @throws CorruptStoreException if it is damaged, or was written for another purpose
     */
    public EncryptedFileReader(StorageFile file, String fileName, @Nullable KeyRing keys, String purpose)
            throws IOException {
        this.file = file;
        this.fileName = fileName;
        this.key = readKey(keys, purpose);
        long content = file.size() - EncryptedFileFormat.HEADER_BYTES;
        long chunks = (content + EncryptedFileFormat.SEALED_CHUNK_BYTES - 1) / EncryptedFileFormat.SEALED_CHUNK_BYTES;
        this.size = content - chunks * DataKey.OVERHEAD_BYTES;
        if (chunks == 0 || chunks > Integer.MAX_VALUE || size < (chunks - 1) * EncryptedFileFormat.CHUNK_BYTES) {
            throw damaged(file.size());
        }
        this.lastChunk = (int) chunks - 1;
        load(lastChunk); // Shows at once whether the file was truncated.
    }

    /** Returns whether a file is encrypted, judging by its first bytes. */
    public static boolean isEncrypted(StorageFile file) throws IOException {
        byte[] start = new byte[Long.BYTES];
        if (file.size() < EncryptedFileFormat.HEADER_BYTES) {
            return false;
        }
        file.read(0, start, 0, start.length);
        return new ByteReader(start).readLong() == EncryptedFileFormat.MAGIC;
    }

    /** Returns the number of bytes that were encrypted. */
    public long size() {
        return size;
    }

    /**
     * Reads exactly {@code length} bytes.
     *
     * @throws EOFException if there are fewer
     * @throws CorruptStoreException if they are not what was written
     */
    public void read(long position, byte[] target, int offset, int length) throws IOException {
        if (position < 0 || length > size - position) {
            throw new EOFException(
                    fileName + " has " + size + " bytes, but " + (position + length) + " were requested");
        }
        int done = 0;
        while (done < length) {
            long at = position + done;
            byte[] bytes = load((int) (at / EncryptedFileFormat.CHUNK_BYTES));
            int from = (int) (at % EncryptedFileFormat.CHUNK_BYTES);
            int part = Math.min(length - done, bytes.length - from);
            System.arraycopy(bytes, from, target, offset + done, part);
            done += part;
        }
    }

    private byte[] load(int number) throws IOException {
        byte[] current = chunk;
        if (current != null && chunkNumber == number) {
            return current;
        }
        long start = EncryptedFileFormat.HEADER_BYTES + (long) number * EncryptedFileFormat.SEALED_CHUNK_BYTES;
        byte[] sealed = new byte[(int) Math.min(EncryptedFileFormat.SEALED_CHUNK_BYTES, file.size() - start)];
        file.read(start, sealed, 0, sealed.length);
        byte[] context = EncryptedFileFormat.chunkContext(number == lastChunk);
        byte[] bytes = key.decrypt(0, number, context, sealed, 0, sealed.length);
        if (bytes == null) {
            throw damaged(start);
        }
        chunk = bytes;
        chunkNumber = number;
        return bytes;
    }

    private DataKey readKey(@Nullable KeyRing keys, String purpose) throws IOException {
        byte[] header = new byte[EncryptedFileFormat.HEADER_BYTES];
        if (!isEncrypted(file)) {
            throw damaged(0);
        }
        file.read(0, header, 0, header.length);
        WrappedKey wrapped = WrappedKey.read(header, Long.BYTES);
        if (wrapped == null) {
            throw damaged(Long.BYTES);
        }
        if (keys == null) {
            throw KeyRing.missing(wrapped, "The file " + fileName);
        }
        DataKey found = keys.unwrap(wrapped, EncryptedFileFormat.keyContext(purpose), "The file " + fileName);
        if (found == null) {
            throw damaged(Long.BYTES);
        }
        return found;
    }

    private CorruptStoreException damaged(long offset) {
        return new CorruptStoreException(
                fileName,
                offset,
                "The file " + fileName + " is damaged at byte " + offset + ": it cannot be decrypted");
    }
}
