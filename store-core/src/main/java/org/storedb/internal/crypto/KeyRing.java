package org.storedb.internal.crypto;

import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.storedb.error.WrongKeyException;

/**
 * The master keys that a store was opened with: the current one encrypts everything written from now on, the former
 * ones are for reading existing data. Safe for use by many threads.
 */
public final class KeyRing {

    private final MasterKey current;
    private final Map<String, MasterKey> byId = new LinkedHashMap<>();
    private final boolean unencryptedAllowed;
    private final RandomGenerator random;

    /**
     * Creates a ring of keys with different ids.
     *
     * @param unencryptedAllowed whether what was written without encryption may be read
     * @param random must be suitable for keys, and safe for use by many threads
     */
    public KeyRing(
            MasterKey current, Collection<MasterKey> former, boolean unencryptedAllowed, RandomGenerator random) {
        this.current = current;
        this.unencryptedAllowed = unencryptedAllowed;
        this.random = random;
        byId.put(current.id(), current);
        former.forEach(key -> byId.put(key.id(), key));
    }

    /** Returns the id of the key that encrypts what is written. */
    public String currentId() {
        return current.id();
    }

    public boolean allowsUnencrypted() {
        return unencryptedAllowed;
    }

    /**
     * Generates a data key, to be stored under the current master key.
     *
     * @param context what the key is for; it can only be read with the same context
     */
    public DataKey generate(byte[] context) {
        byte[] key = randomBytes(Gcm.KEY_BYTES);
        byte[] nonce = randomBytes(Gcm.NONCE_BYTES);
        byte[] sealed = new byte[Gcm.KEY_BYTES + Gcm.TAG_BYTES];
        current.wrapping().encrypt(nonce, context, key, 0, key.length, sealed, 0);
        DataKey result = new DataKey(key, new WrappedKey(current.id(), current.check(), nonce, sealed));
        Arrays.fill(key, (byte) 0);
        return result;
    }

    /**
     * Returns the data key that was stored, or {@code null} if it is not what was written for this context.
     *
     * @param what names what is to be read, for messages
     * @throws WrongKeyException if the master key is not in this ring, or a different one has the same id
     */
    public @Nullable DataKey unwrap(WrappedKey wrapped, byte[] context, String what) {
        MasterKey master = byId.get(wrapped.masterKeyId());
        if (master == null) {
            List<String> ids = new ArrayList<>(byId.keySet());
            throw new WrongKeyException(what + " is encrypted with the key '" + wrapped.masterKeyId()
                    + "', but only " + ids + " were given; open the store with that key as well"
                    + " (EncryptionKeys.withFormer). Nothing was changed");
        }
        if (!MessageDigest.isEqual(master.check(), wrapped.check())) {
            throw new WrongKeyException(what + " is encrypted with a key '" + wrapped.masterKeyId()
                    + "' that is not the one given under this id; open the store with the right key."
                    + " Nothing was changed");
        }
        byte[] sealed = wrapped.sealedKey();
        byte[] key = master.wrapping().decrypt(wrapped.nonce(), context, sealed, 0, sealed.length);
        if (key == null) {
            return null;
        }
        DataKey result = new DataKey(key, wrapped);
        Arrays.fill(key, (byte) 0);
        return result;
    }

    /** Returns the error that something is encrypted although no key was given. */
    public static WrongKeyException missing(WrappedKey wrapped, String what) {
        return new WrongKeyException(what + " is encrypted with the key '" + wrapped.masterKeyId()
                + "'; open the store with StoreOptions.withEncryption. Nothing was changed");
    }

    /** Returns a unique number, so that the nonces of one writer differ from those of all others. */
    public long newSalt() {
        return random.nextLong();
    }

    private byte[] randomBytes(int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return bytes;
    }

    @Override
    public String toString() {
        return "KeyRing" + byId.keySet();
    }
}
