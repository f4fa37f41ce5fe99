package org.storedb.internal.index;

/** The limit of a key's length. */
final class KeyLength {

    private KeyLength() {}

    static void check(byte[] key) {
        if (key.length > CountedTree.KEY_BYTES_MAX) {
            throw new IllegalArgumentException(
                    "the key has " + key.length + " bytes; at most " + CountedTree.KEY_BYTES_MAX + " are possible");
        }
    }
}
