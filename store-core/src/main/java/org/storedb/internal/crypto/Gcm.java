package org.storedb.internal.crypto;

import java.security.GeneralSecurityException;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * AES-256-GCM under one key. A nonce must never be used for two messages; the JDK's cipher only refuses it if it
 * happens twice in a row. Safe for use by many threads.
 */
final class Gcm {

    static final int KEY_BYTES = 32;
    static final int NONCE_BYTES = 12;
    static final int TAG_BYTES = 16;

    private static final String TRANSFORMATION = "AES/GCM/NoPadding";

    private final SecretKeySpec key;
    private final Queue<Cipher> idle =
            new ConcurrentLinkedQueue<>(); // Looking one up takes longer than a short message.

    Gcm(byte[] key) {
        if (key.length != KEY_BYTES) {
            throw new IllegalArgumentException("A key has " + KEY_BYTES + " bytes, not " + key.length);
        }
        this.key = new SecretKeySpec(key, "AES");
    }

    /**
     * Encrypts a message; its tag follows it. The input may be where the output goes, at the same offset.
     *
     * @param context what the message belongs to: it must be the same for decryption, and is not part of the output
     */
    void encrypt(byte[] nonce, byte[] context, byte[] input, int offset, int length, byte[] output, int outputOffset) {
        Cipher cipher = take();
        try {
            cipher.init(Cipher.ENCRYPT_MODE, key, new GCMParameterSpec(Byte.SIZE * TAG_BYTES, nonce));
            cipher.updateAAD(context);
            cipher.doFinal(input, offset, length, output, outputOffset);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Cannot encrypt " + length + " bytes", e);
        }
        idle.add(cipher);
    }

    /**
     * Returns the message with this tag at its end, or {@code null} if it is not what was encrypted for this nonce and
     * context.
     */
    byte @Nullable [] decrypt(byte[] nonce, byte[] context, byte[] input, int offset, int length) {
        if (length < TAG_BYTES) {
            return null;
        }
        Cipher cipher = take();
        try {
            cipher.init(Cipher.DECRYPT_MODE, key, new GCMParameterSpec(Byte.SIZE * TAG_BYTES, nonce));
            cipher.updateAAD(context);
            return cipher.doFinal(input, offset, length);
        } catch (AEADBadTagException e) {
            return null;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Cannot decrypt " + length + " bytes", e);
        } finally {
            idle.add(cipher);
        }
    }

    private Cipher take() {
        Cipher cipher = idle.poll();
        if (cipher != null) {
            return cipher;
        }
        try {
            return Cipher.getInstance(TRANSFORMATION);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("This JDK has no " + TRANSFORMATION, e);
        }
    }
}
