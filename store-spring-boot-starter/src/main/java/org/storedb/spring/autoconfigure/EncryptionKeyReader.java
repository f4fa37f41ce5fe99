package org.storedb.spring.autoconfigure;

import static org.storedb.spring.autoconfigure.PropertyChecks.checked;

import java.util.Base64;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.storedb.EncryptionKeys;
import org.storedb.spring.autoconfigure.StoreProperties.Encryption;

/** Reader of the keys that the properties of an encrypted store have. A key appears in no message and no cause. */
record EncryptionKeyReader(Encryption encryption) {

    private static final int KEY_BYTES = 32;
    private static final String KEY = "32 bytes in Base64, as 'openssl rand -base64 32' generates them";
    private static final String KEY_ID = "1 to 31 ASCII letters, digits, '.', '_' or '-'";

    /**
     * Returns the keys, or {@code null} if there are none.
     *
     * @throws InvalidStorePropertyException if a property is not valid, or makes no sense without a key
     */
    @Nullable
    EncryptionKeys keys() {
        String key = encryption.key();
        if (key == null) {
            requireNothingElse();
            return null;
        }
        if (key.isBlank()) {
            throw new InvalidStorePropertyException("encryption.key", "is empty", KEY);
        }
        byte[] current = decoded("encryption.key", key);
        EncryptionKeys keys =
                checked("encryption.key-id", encryption.keyId(), KEY_ID, id -> EncryptionKeys.of(id, current));
        for (Map.Entry<String, String> former : encryption.formerKeys().entrySet()) {
            keys = withFormer(keys, former.getKey(), former.getValue());
        }
        return encryption.encryptExisting() ? keys.encryptingExisting() : keys;
    }

    private void requireNothingElse() {
        if (!encryption.formerKeys().isEmpty()) {
            throw withoutKey("encryption.former-keys");
        }
        if (encryption.encryptExisting()) {
            throw withoutKey("encryption.encrypt-existing");
        }
        if (!encryption.keyId().equals(Encryption.DEFAULT_KEY_ID)) {
            throw withoutKey("encryption.key-id");
        }
    }

    private static InvalidStorePropertyException withoutKey(String property) {
        return new InvalidStorePropertyException(
                property, "is set without 'encryption.key'", "removed, or used together with that key, " + KEY);
    }

    private static EncryptionKeys withFormer(EncryptionKeys keys, String id, String key) {
        String property = "encryption.former-keys." + id;
        byte[] decoded = decoded(property, key);
        try {
            return keys.withFormer(id, decoded);
        } catch (IllegalArgumentException e) {
            throw new InvalidStorePropertyException(
                    property, "has the id '%s'".formatted(id), "a key with its own id, of " + KEY_ID);
        }
    }

    private static byte[] decoded(String property, String key) {
        byte[] decoded;
        try {
            decoded = Base64.getDecoder().decode(key);
        } catch (IllegalArgumentException e) {
            throw new InvalidStorePropertyException(property, "is not Base64", KEY);
        }
        if (decoded.length != KEY_BYTES) {
            throw new InvalidStorePropertyException(property, "has %d bytes".formatted(decoded.length), KEY);
        }
        return decoded;
    }
}
