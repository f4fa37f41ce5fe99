package org.storedb.document;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A value inside a stored document, read in place: looking up one field does not decode the others. Immutable and
 * cheap. Reading a value as a type that it does not have throws {@code IllegalStateException}.
 */
public interface DocumentValue {

    ValueType type();

    boolean asBoolean();

    /**
     * Returns the number as a {@code long}; throws {@code ArithmeticException} if it has a fraction or does not fit.
     */
    long asLong();

    /** Returns the nearest {@code double}. */
    double asDouble();

    BigInteger asBigInteger();

    BigDecimal asBigDecimal();

    String asString();

    byte[] asBinary();

    /** Returns the number of elements of an array or of fields of an object. */
    int size();

    /** Returns an element of an array; throws {@code IndexOutOfBoundsException} outside 0 to {@code size() - 1}. */
    DocumentValue element(int index);

    /** Calls {@code action} with each element of an array, in order: faster than one by one with {@link #element}. */
    default void forEachElement(Consumer<? super DocumentValue> action) {
        for (int index = 0; index < size(); index++) {
            action.accept(element(index));
        }
    }

    /** Returns a field of an object, or {@code null} if it has none of this name. */
    @Nullable
    DocumentValue field(String name);

    /**
     * Returns the fields of an object that have these names: several are found faster together than one by one with
     * {@link #field}.
     */
    default FieldValues fields(FieldNames names) {
        return position -> field(names.get(position));
    }

    /** Calls {@code action} with each field of an object, in the order in which they were written. */
    void forEachField(BiConsumer<? super String, ? super DocumentValue> action);

    /**
     * Returns the value as plain Java: null, {@code Boolean}, {@code Integer}, {@code Long}, {@code Double},
     * {@code BigInteger}, {@code BigDecimal}, {@code String}, {@code byte[]}, {@code List} or {@code Map}; the last two
     * are modifiable.
     */
    @Nullable
    Object toObject();
}
