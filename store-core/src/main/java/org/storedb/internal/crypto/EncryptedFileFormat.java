package org.storedb.internal.crypto;

import static java.nio.charset.StandardCharsets.UTF_8;

/**
 * Layout of a file that is encrypted as a whole.
 *
 * <pre>
 * file:   [ magic "STORENC1" 8 ] [ wrapped data key 112 ] [ chunk ] [ chunk ] …
 * chunk:  [ encrypted, up to 65,536 ] [ tag 16 ]
 * </pre>
 *
 * <p>All chunks but the last are full, and there is always a last one. The nonce of a chunk is its number from 0 on;
 * its context says whether it is the last. So chunks that are exchanged, omitted, truncated or added do not decrypt.
 * The data key is bound to the purpose of the file, so that one file does not pass for another.
 */
final class EncryptedFileFormat {

    static final long MAGIC = 0x53544F52454E4331L;
    static final int HEADER_BYTES = Long.BYTES + WrappedKey.BYTES;
    static final int CHUNK_BYTES = 1 << 16;
    static final int SEALED_CHUNK_BYTES = CHUNK_BYTES + DataKey.OVERHEAD_BYTES;

    private static final byte[] LAST = {1};
    private static final byte[] NOT_LAST = {0};

    private EncryptedFileFormat() {}

    static byte[] keyContext(String purpose) {
        return ("storedb file 1 " + purpose).getBytes(UTF_8);
    }

    static byte[] chunkContext(boolean last) {
        return last ? LAST : NOT_LAST;
    }
}
