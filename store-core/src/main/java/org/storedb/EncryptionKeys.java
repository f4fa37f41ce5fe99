package org.storedb;

import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.storedb.internal.crypto.KeyRing;
import org.storedb.internal.crypto.MasterKey;

/**
 * The keys of an encrypted store (AES-256-GCM): the current one, which encrypts what is written from now on, and former
 * ones, for reading what they encrypted. A store records the id of the key it needs; the ids themselves are not secret.
 *
 * <p>To change the key, open the store with both the new one and the former one, call {@code compact()}, and open it
 * without the former one from then on. To encrypt a store that is not encrypted yet, open it with
 * {@link #encryptingExisting()} and call {@code compact()}. What {@link ChangeRetention} keeps for consumers of changes
 * is not rewritten until it is released: {@link StoreStats.LogStats#segments()} shows which keys are still in use.
 *
 * <p>Immutable. The key bytes are copied and never exposed.
 */
public final class EncryptionKeys {

    private final MasterKey current;
    private final List<MasterKey> former;
    private final boolean encryptingExisting;

    private EncryptionKeys(MasterKey current, List<MasterKey> former, boolean encryptingExisting) {
        this.current = current;
        this.former = List.copyOf(former);
        this.encryptingExisting = encryptingExisting;
    }

    /**
     * Returns keys with a current key and no former ones.
     *
     * @param id its name: 1 to 31 ASCII letters, digits, '.', '_' or '-'
     * @param key 32 random bytes, as from a key generator or a key management service; not a password
     */
    public static EncryptionKeys of(String id, byte[] key) {
        return new EncryptionKeys(new MasterKey(id, key), List.of(), false);
    }

    /** Returns these keys with one more former key that the store may have been written with. */
    public EncryptionKeys withFormer(String id, byte[] key) {
        if (ids().contains(id)) {
            throw new IllegalArgumentException("There is already a key '" + id + "'; give each key its own id");
        }
        List<MasterKey> more = new ArrayList<>(former);
        more.add(new MasterKey(id, key));
        return new EncryptionKeys(current, more, encryptingExisting);
    }

    /**
     * Returns these keys, allowing a store that was written without encryption to be opened. New data is encrypted at
     * once, existing data as soon as it is compacted. Without this, such a store is refused, since it may have been
     * substituted for an encrypted one.
     */
    public EncryptionKeys encryptingExisting() {
        return new EncryptionKeys(current, former, true);
    }

    /** Returns the ids of the keys, the current one first. */
    public List<String> ids() {
        List<String> ids = new ArrayList<>();
        ids.add(current.id());
        former.forEach(key -> ids.add(key.id()));
        return ids;
    }

    KeyRing toKeyRing(RandomGenerator random) {
        return new KeyRing(current, former, encryptingExisting, random);
    }

    @Override
    public String toString() {
        return "EncryptionKeys" + ids() + (encryptingExisting ? " encrypting existing data" : "");
    }
}
