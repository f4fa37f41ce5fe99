package org.storedb.internal.crypto;

import org.jspecify.annotations.Nullable;
import org.storedb.internal.bytes.ByteWriter;

/**
 * A random key that encrypts the messages of one file. The nonce of a message is the salt of its writer and the message's
 * number or place: each pair must be used once. Safe for use by many threads.
 */
public final class DataKey {

    /** How much longer a message is when it is encrypted. */
    public static final int OVERHEAD_BYTES = Gcm.TAG_BYTES;

    private final Gcm cipher;
    private final WrappedKey wrapped;

    DataKey(byte[] key, WrappedKey wrapped) {
        this.cipher = new Gcm(key);
        this.wrapped = wrapped;
    }

    /** Id of the master key that it is stored under. */
    public String masterKeyId() {
        return wrapped.masterKeyId();
    }

    /** Writes it as it is stored: {@link WrappedKey#BYTES} bytes. */
    public void write(ByteWriter target) {
        wrapped.write(target);
    }

    /**
     * Encrypts a message; {@link #OVERHEAD_BYTES} more bytes come out. The input may lie where the output goes, at the same
     * offset.
     *
     * @param context what the message belongs to; it has to be the same for decrypting
     */
    public void encrypt(
            long salt,
            int number,
            byte[] context,
            byte[] input,
            int offset,
            int length,
            byte[] output,
            int outputOffset) {
        cipher.encrypt(nonce(salt, number), context, input, offset, length, output, outputOffset);
    }

    /** The message, or {@code null} if it is not what was encrypted with this salt, number and context. */
    public byte @Nullable [] decrypt(long salt, int number, byte[] context, byte[] input, int offset, int length) {
        return cipher.decrypt(nonce(salt, number), context, input, offset, length);
    }

    private static byte[] nonce(long salt, int number) {
        return new ByteWriter(Gcm.NONCE_BYTES).putLong(salt).putInt(number).array();
    }
}
