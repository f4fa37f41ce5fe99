package org.storedb.benchmark.report;

/** The meaning of a row's figure. */
public enum Unit {
    PER_SECOND("/s", true),
    MICROSECONDS("µs", false),
    MILLISECONDS("ms", false),
    BYTES("bytes", false),
    TIMES("×", false);

    private final String symbol;
    private final boolean moreIsBetter;

    Unit(String symbol, boolean moreIsBetter) {
        this.symbol = symbol;
        this.moreIsBetter = moreIsBetter;
    }

    public String symbol() {
        return symbol;
    }

    /** Returns how many times better {@code figure} is than {@code other}. */
    public double advantage(double figure, double other) {
        return moreIsBetter ? figure / other : other / figure;
    }
}
