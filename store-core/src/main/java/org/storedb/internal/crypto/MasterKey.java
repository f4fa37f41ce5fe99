package org.storedb.internal.crypto;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * A key that the user holds. It only encrypts data keys. The keys that are actually used are derived from it, so that
 * the check value reveals nothing about the rest.
 */
public final class MasterKey {

    public static final int KEY_BYTES = Gcm.KEY_BYTES;
    public static final int ID_CHARS_MAX = 31;

    static final int CHECK_BYTES = 16;

    private static final Pattern ID = Pattern.compile("[A-Za-z0-9._-]{1," + ID_CHARS_MAX + "}");

    private final String id;
    private final byte[] check;
    private final byte[] wrappingKey;

    /**
     * Creates a key with the name that the user gave it.
     *
     * @param key 32 bytes, which are not kept
     * @throws IllegalArgumentException if the key has another length, or the id has characters that are not allowed
     */
    public MasterKey(String id, byte[] key) {
        if (!ID.matcher(id).matches()) {
            throw new IllegalArgumentException("The id of a key must be 1 to " + ID_CHARS_MAX
                    + " ASCII letters, digits, '.', '_' or '-', not '" + id + "'");
        }
        if (key.length != KEY_BYTES) {
            throw new IllegalArgumentException(
                    "The key '" + id + "' must have " + KEY_BYTES + " bytes, not " + key.length);
        }
        this.id = id;
        this.check = Arrays.copyOf(derive(key, "storedb key check 1 " + id), CHECK_BYTES);
        this.wrappingKey = derive(key, "storedb key wrap 1");
    }

    public String id() {
        return id;
    }

    /** Returns a value that distinguishes keys of the same id. */
    byte[] check() {
        return check.clone();
    }

    /** Returns the cipher that encrypts data keys. */
    Gcm wrapping() {
        return new Gcm(wrappingKey);
    }

    private static byte[] derive(byte[] key, String purpose) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            return mac.doFinal(purpose.getBytes(US_ASCII));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("This JDK has no HmacSHA256", e);
        }
    }

    @Override
    public String toString() {
        return "MasterKey[" + id + "]";
    }
}
