package org.storedb.internal.crypto;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.util.Arrays;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;
import org.storedb.internal.bytes.ByteReader;
import org.storedb.internal.bytes.ByteWriter;

/**
 * A data key in its stored form, encrypted with a master key.
 *
 * <pre>
 *   0  length of the master key's id  1
 *   1  the id                        31   ASCII, then zeros
 *  32  check value of the master key 16
 *  48  nonce                         12
 *  60  encrypted data key            32
 *  92  its tag                       16
 * 108  checksum                       4   CRC-32C of bytes 0 to 107
 * </pre>
 *
 * <p>The check value is stored beside each data key, so that a wrong master key and damage are distinct errors
 * everywhere, without another file.
 *
 * @param sealedKey the data key, encrypted, with its tag
 */
@SuppressWarnings("ArrayRecordComponent") // Never compared.
public record WrappedKey(String masterKeyId, byte[] check, byte[] nonce, byte[] sealedKey) {

    public static final int BYTES = 112;

    private static final int ID_END = 1 + MasterKey.ID_CHARS_MAX;
    private static final int CHECKSUM_OFFSET = BYTES - Integer.BYTES;

    void write(ByteWriter target) {
        int start = target.size();
        target.putByte(masterKeyId.length()).putBytes(masterKeyId.getBytes(US_ASCII));
        target.putBytes(new byte[ID_END - (target.size() - start)]);
        target.putBytes(check).putBytes(nonce).putBytes(sealedKey);
        target.putInt(checksum(target.array(), start));
    }

    /** Returns the key in {@code bytes} at {@code offset}, or {@code null} if it does not match its checksum. */
    public static @Nullable WrappedKey read(byte[] bytes, int offset) {
        if (bytes.length - offset < BYTES
                || new ByteReader(bytes, offset + CHECKSUM_OFFSET, Integer.BYTES).readInt()
                        != checksum(bytes, offset)) {
            return null;
        }
        ByteReader reader = new ByteReader(bytes, offset, BYTES);
        int idLength = reader.readByte();
        if (idLength > MasterKey.ID_CHARS_MAX) {
            return null;
        }
        String id = new String(Arrays.copyOf(reader.readBytes(MasterKey.ID_CHARS_MAX), idLength), US_ASCII);
        return new WrappedKey(
                id,
                reader.readBytes(MasterKey.CHECK_BYTES),
                reader.readBytes(Gcm.NONCE_BYTES),
                reader.readBytes(Gcm.KEY_BYTES + Gcm.TAG_BYTES));
    }

    private static int checksum(byte[] bytes, int offset) {
        CRC32C crc = new CRC32C();
        crc.update(bytes, offset, CHECKSUM_OFFSET);
        return (int) crc.getValue();
    }
}
