package org.storedb.internal.index;

/** The value of trees that are sets: only the key matters. */
public enum Presence {
    PRESENT;

    /** Stores nothing. */
    public static final ValueLayout<Presence> LAYOUT = new ValueLayout<>() {
        @Override
        public int words() {
            return 0;
        }

        @Override
        public void write(Presence value, long[] words, int at) {}

        @Override
        public Presence read(long[] words, int at, int kept) {
            return PRESENT;
        }
    };
}
