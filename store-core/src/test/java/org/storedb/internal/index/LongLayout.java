package org.storedb.internal.index;

/** Keeps a {@code Long} in two words, so that mixed-up words are noticed. */
final class LongLayout implements ValueLayout<Long> {

    static final LongLayout TWO_WORDS = new LongLayout();

    private LongLayout() {}

    @Override
    public int words() {
        return 2;
    }

    @Override
    public void write(Long value, long[] words, int at) {
        words[at] = value;
        words[at + 1] = ~value;
    }

    @Override
    public Long read(long[] words, int at, int kept) {
        long value = ValueLayout.word(words, at, 0, kept);
        if (value != ~ValueLayout.word(words, at, 1, kept)) {
            throw new AssertionError("the words at " + at + " are not of one value");
        }
        return value;
    }
}
