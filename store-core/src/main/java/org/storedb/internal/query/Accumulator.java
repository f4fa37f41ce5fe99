package org.storedb.internal.query;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.storedb.document.ValueType;
import org.storedb.internal.document.EncodedValue;
import org.storedb.internal.document.KeyDecoder;
import org.storedb.internal.document.KeyEncoder;
import org.storedb.query.Measure;

/** Computes one figure from the values of one field of a group's documents. */
interface Accumulator {

    /** Adds a value; {@code null} if the document has none. */
    void add(@Nullable EncodedValue value);

    @Nullable
    Object result();

    static Accumulator of(Measure measure) {
        return switch (measure.function()) {
            case COUNT -> new Count(measure.field() == null);
            case SUM -> new Sum(false);
            case AVG -> new Sum(true);
            case MIN -> new Extreme(-1);
            case MAX -> new Extreme(1);
        };
    }

    /** The number of documents, or of those that have a value. */
    final class Count implements Accumulator {

        private final boolean ofDocuments;
        private long count;

        Count(boolean ofDocuments) {
            this.ofDocuments = ofDocuments;
        }

        @Override
        public void add(@Nullable EncodedValue value) {
            if (ofDocuments || (value != null && value.type() != ValueType.NULL)) {
                count++;
            }
        }

        @Override
        public Object result() {
            return count;
        }
    }

    /** The sum or the average of the numbers. */
    final class Sum implements Accumulator {

        private final boolean average;
        private final ExactSum sum = new ExactSum();

        Sum(boolean average) {
            this.average = average;
        }

        @Override
        public void add(@Nullable EncodedValue value) {
            if (value != null && value.type() == ValueType.NUMBER) {
                sum.add(value);
            }
        }

        @Override
        public @Nullable Object result() {
            if (!average) {
                return sum.sum();
            }
            return sum.count() == 0 ? null : sum.average();
        }
    }

    /**
     * The smallest or greatest value, in its simplest class, so that it does not matter which of several equal ones it
     * is.
     */
    final class Extreme implements Accumulator {

        private final int direction;
        private final KeyEncoder encoder = new KeyEncoder();
        private byte @Nullable [] best;

        Extreme(int direction) {
            this.direction = direction;
        }

        @Override
        public void add(@Nullable EncodedValue value) {
            if (value == null || value.type() == ValueType.NULL) {
                return;
            }
            byte[] key = encoder.reset().append(value).toBytes();
            if (best == null || Integer.signum(Arrays.compareUnsigned(key, best)) == direction) {
                best = key;
            }
        }

        @Override
        public @Nullable Object result() {
            return best == null ? null : KeyDecoder.decode(best);
        }
    }
}
