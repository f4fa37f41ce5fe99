package org.storedb.internal.index;

/** The value of trees that are sets: the key is all there is to know. */
public enum Presence {
    PRESENT;

    /** Keeps nothing. */
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
