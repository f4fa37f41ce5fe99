package org.storedb.internal.document;

import org.jspecify.annotations.Nullable;

/**
 * The ids of field names that one user of a dictionary has met lately, found faster than there: documents have the same
 * names over and over. A name keeps its id, so what is in here is never wrong. For one thread.
 */
final class KnownFieldIds {

    private static final int SLOTS = 512; // A power of two.

    private final FieldDictionary dictionary;
    private final @Nullable String[] names = new @Nullable String[SLOTS];
    private final int[] ids = new int[SLOTS];

    KnownFieldIds(FieldDictionary dictionary) {
        this.dictionary = dictionary;
    }

    /** The id of {@code name}, or {@link FieldDictionary#UNKNOWN}. */
    int find(String name) {
        int slot = slotOf(name);
        return name.equals(names[slot]) ? ids[slot] : remembered(name, dictionary.find(name), slot);
    }

    /** The id of {@code name}, a new one if it has none; {@link FieldDictionary#UNKNOWN} if there is no room for more. */
    int idOf(String name) {
        return remembered(name, dictionary.idOf(name), slotOf(name));
    }

    private int remembered(String name, int id, int slot) {
        if (id != FieldDictionary.UNKNOWN) { // Else it may get one.
            names[slot] = name;
            ids[slot] = id;
        }
        return id;
    }

    private static int slotOf(String name) {
        int hash = name.hashCode();
        return (hash ^ (hash >>> 9)) & (SLOTS - 1);
    }
}
