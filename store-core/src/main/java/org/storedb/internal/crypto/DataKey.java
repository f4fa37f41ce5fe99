package org.storedb.internal.crypto;

import org.jspecify.annotations.Nullable;
import org.storedb.internal.bytes.ByteWriter;

/**
 * A random key that encrypts the messages of one file. The nonce of a message is the salt of its writer and the number
 * or offset of the message: each pair must be used only once. Safe for use by many threads.
 */
public final class DataKey {

    /** By how much a message grows when it is encrypted. */
    public static final int OVERHEAD_BYTES = Gcm.TAG_BYTES;

    private final Gcm cipher;
    private final WrappedKey wrapped;

    DataKey(byte[] key, WrappedKey wrapped) {
        this.cipher = new Gcm(key);
        this.wrapped = wrapped;
    }

    /** Returns the id of the master key under which it is stored. */
    public String masterKeyId() {
        return wrapped.masterKeyId();
    }

    /** Writes its stored form, {@link WrappedKey#BYTES} bytes. */
    public void write(ByteWriter target) {
        wrapped.write(target);
    }

    /**
     * Encrypts a message; the output is {@link #OVERHEAD_BYTES} longer. The input may be where the output goes, at the
     * same offset.
     *
     * @param context what the message belongs to; must be the same for decryption
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

    /** Returns the message, or {@code null} if it is not what was encrypted with this salt, number and context. */
    public byte @Nullable [] decrypt(long salt, int number, byte[] context, byte[] input, int offset, int length) {
        return cipher.decrypt(nonce(salt, number), context, input, offset, length);
    }

    private static byte[] nonce(long salt, int number) {
        return new ByteWriter(Gcm.NONCE_BYTES).putLong(salt).putInt(number).array();
    }
}
