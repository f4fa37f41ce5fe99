package org.storedb.crash;

import java.util.Arrays;
import org.storedb.Compression;
import org.storedb.EncryptionKeys;
import org.storedb.StoreOptions;

/** How the records of a store are encoded; each variant has to survive the same. */
enum StoreVariant {
    PLAIN,
    LZ4,
    ZSTD,
    ENCRYPTED,
    ENCRYPTED_LZ4;

    /** One of them for each seed. */
    static StoreVariant of(long seed) {
        return values()[(int) Math.floorMod(seed, (long) values().length)];
    }

    /** The key of encrypted variants. */
    static byte[] key() {
        byte[] key = new byte[32];
        Arrays.fill(key, (byte) 'k');
        return key;
    }

    StoreOptions applyTo(StoreOptions options) {
        return switch (this) {
            case PLAIN -> options;
            case LZ4 -> options.withCompression(Compression.lz4());
            case ZSTD -> options.withCompression(Compression.zstd());
            case ENCRYPTED -> options.withEncryption(EncryptionKeys.of("test", key()));
            case ENCRYPTED_LZ4 -> ENCRYPTED.applyTo(LZ4.applyTo(options));
        };
    }
}
