package org.storedb.query.text;

import java.lang.reflect.Array;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.storedb.error.InvalidQueryException;

/** An operand in a query: a literal or a parameter. */
sealed interface Operand {

    @Nullable
    Object value(Arguments arguments);

    /** Returns the text of the operand for messages. */
    String label();

    /** A literal in the text. The parser allows it only where it fits. */
    record Literal(@Nullable Object value) implements Operand {

        @Override
        public @Nullable Object value(Arguments arguments) {
            return value;
        }

        @Override
        public String label() {
            return "The value " + value;
        }
    }

    /** A value that is supplied later. */
    record Parameter(String name, boolean positional) implements Operand {

        @Override
        public @Nullable Object value(Arguments arguments) {
            return arguments.valueOf(name);
        }

        @Override
        public String label() {
            return "Parameter " + (positional ? "?" : ":") + name;
        }
    }

    /** Several values that are supplied later. */
    record ListParameter(Operand parameter) implements Operand {

        @Override
        public @Nullable Object value(Arguments arguments) {
            return parameter.value(arguments);
        }

        @Override
        public String label() {
            return parameter.label();
        }

        @Override
        public void addTo(Collection<@Nullable Object> values, Arguments arguments) {
            if (!addElements(value(arguments), values)) {
                throw unfit(arguments, "a collection or an array");
            }
        }
    }

    /** Returns the value, which must not be null. */
    default Object present(Arguments arguments) {
        Object value = value(arguments);
        if (value == null) {
            throw new InvalidQueryException(
                    label() + " is null, which is neither smaller nor greater than anything; use 'is null'");
        }
        return value;
    }

    /** Returns the value, which must be a string. */
    default String text(Arguments arguments) {
        if (value(arguments) instanceof CharSequence text) {
            return text.toString();
        }
        throw unfit(arguments, "a string");
    }

    /** Returns the value, which must be a whole number of at least 0. */
    default long count(Arguments arguments) {
        Object value = value(arguments);
        boolean whole =
                value instanceof Long || value instanceof Integer || value instanceof Short || value instanceof Byte;
        if (whole && value instanceof Number number && number.longValue() >= 0) {
            return number.longValue();
        }
        throw unfit(arguments, "a whole number of at least 0");
    }

    /** Returns the value, which must be a number of any class, as a {@code double}. */
    default double number(Arguments arguments) {
        if (value(arguments) instanceof Number number) {
            return number.doubleValue();
        }
        throw unfit(arguments, "a number");
    }

    /** Returns the value, which must be an instance of a class. */
    default <T> T instance(Class<T> wanted, Arguments arguments) {
        Object value = value(arguments);
        if (wanted.isInstance(value)) {
            return wanted.cast(value);
        }
        throw unfit(arguments, "a " + wanted.getSimpleName());
    }

    /** Adds the value, or its elements if it is a collection or an array. */
    default void addTo(Collection<@Nullable Object> values, Arguments arguments) {
        Object value = value(arguments);
        if (!addElements(value, values)) {
            values.add(value);
        }
    }

    /** Adds the value, or its elements, none of which may be null. */
    default void addPresentTo(Collection<Object> values, Arguments arguments) {
        List<@Nullable Object> given = new ArrayList<>();
        addTo(given, arguments);
        for (Object value : given) {
            if (value == null) {
                throw new InvalidQueryException(label() + " contains null, which cannot be an element");
            }
            values.add(value);
        }
    }

    /**
     * Adds the elements of a collection or an array; adds nothing and returns {@code false} for anything else. An
     * iterable that is not a collection and has no elements is a value itself, such as a JSON node that holds a string.
     */
    private static boolean addElements(@Nullable Object value, Collection<@Nullable Object> elements) {
        if (value instanceof Iterable<?> iterable) {
            int before = elements.size();
            iterable.forEach(elements::add);
            return value instanceof Collection<?> || elements.size() > before;
        }
        if (value == null || !value.getClass().isArray() || value instanceof byte[]) {
            return false;
        }
        for (int index = 0; index < Array.getLength(value); index++) {
            elements.add(Array.get(value, index));
        }
        return true;
    }

    /** Returns an exception that says that the value does not fit. */
    default InvalidQueryException unfit(Arguments arguments, String wanted) {
        Object value = value(arguments);
        String given = value == null
                ? "null"
                : value instanceof Number
                        ? value.toString()
                        : "of " + value.getClass().getName();
        return new InvalidQueryException(label() + " must be " + wanted + ", but is " + given);
    }
}
