package org.storedb.internal.document;

import org.jspecify.annotations.Nullable;

/**
 * The ids of field names that one user of a dictionary has met recently, found faster than in the dictionary: documents
 * have the same names over and over. A name keeps its id, so the contents are never wrong. For one thread.
 */
final class KnownFieldIds {

    private static final int SLOTS = 128; // A power of two. Each name has two of them, side by side.

    private final FieldDictionary dictionary;
    private final @Nullable String[] names = new @Nullable String[SLOTS];
    private final int[] ids = new int[SLOTS];
    private final @Nullable String[] expectedNames = new @Nullable String[SLOTS]; // by position in a document
    private final int[] expectedIds = new int[SLOTS];

    KnownFieldIds(FieldDictionary dictionary) {
        this.dictionary = dictionary;
    }

    /**
     * Returns the id of {@code name}, or {@link FieldDictionary#UNKNOWN}.
     *
     * @param position how many names came before it: if the document before had the same name there, it is found at
     *     once
     */
    int find(String name, int position) {
        int slot = position & (SLOTS - 1);
        if (name.equals(expectedNames[slot])) {
            return expectedIds[slot];
        }
        int id = find(name);
        if (id != FieldDictionary.UNKNOWN) {
            expectedNames[slot] = name;
            expectedIds[slot] = id;
        }
        return id;
    }

    private int find(String name) {
        int slot = slotOf(name);
        if (name.equals(names[slot])) {
            return ids[slot];
        }
        int other = slot ^ 1;
        return name.equals(names[other]) ? ids[other] : remembered(name, dictionary.find(name), slot);
    }

    /**
     * Returns the id of {@code name}, assigning one if it has none; {@link FieldDictionary#UNKNOWN} if there is no room
     * for more.
     */
    int idOf(String name) {
        return remembered(name, dictionary.idOf(name), slotOf(name));
    }

    private int remembered(String name, int id, int slot) {
        if (id != FieldDictionary.UNKNOWN) { // Else it may get one.
            names[slot ^ 1] = names[slot];
            ids[slot ^ 1] = ids[slot];
            names[slot] = name;
            ids[slot] = id;
        }
        return id;
    }

    private static int slotOf(String name) {
        int hash = name.hashCode();
        return (hash ^ (hash >>> 7)) & (SLOTS - 1);
    }
}
