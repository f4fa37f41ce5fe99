package org.storedb.internal.codec;

import org.storedb.internal.bytes.MalformedBytesException;

/** One method of compression. Safe for use by many threads. */
interface ValueCodec {

    /**
     * Compresses all of {@code value} into {@code target} from {@code offset} to its end.
     *
     * @param level how hard to try; a codec that has no levels ignores it
     * @return the number of bytes written, or -1 if they do not fit
     */
    int compress(byte[] value, byte[] target, int offset, int level);

    /**
     * Decompresses into all of {@code target}.
     *
     * @throws MalformedBytesException if the bytes are not a value of that length
     */
    void decompress(byte[] bytes, int offset, int length, byte[] target);
}
