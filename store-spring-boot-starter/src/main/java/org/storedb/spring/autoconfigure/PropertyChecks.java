package org.storedb.spring.autoconfigure;

import java.nio.file.Path;
import java.time.Duration;
import java.util.function.Function;
import org.springframework.boot.convert.DurationStyle;

/** Checks of the values of properties {@code store.*}. */
final class PropertyChecks {

    private PropertyChecks() {}

    /**
     * Applies a setting to a value.
     *
     * @param name the name of the property, without {@code store.}
     * @param allowed what the property must be
     * @throws InvalidStorePropertyException if the value is invalid
     */
    static <V, R> R checked(String name, V value, String allowed, Function<V, R> setting) {
        try {
            return setting.apply(value);
        } catch (IllegalArgumentException | ArithmeticException e) {
            InvalidStorePropertyException refusal =
                    new InvalidStorePropertyException(name, "is '%s'".formatted(shown(value)), allowed);
            refusal.initCause(e);
            throw refusal;
        }
    }

    private static Object shown(Object value) {
        return value instanceof Duration duration ? DurationStyle.SIMPLE.print(duration) : value;
    }

    /**
     * Returns the directory that a property names. An empty text, which would be the working directory, is refused.
     *
     * @param name the name of the property, without {@code store.}
     */
    static Path directory(String name, String path) {
        if (path.isBlank()) {
            throw new InvalidStorePropertyException(name, "is empty", "a directory, '.' for the working directory");
        }
        return checked(name, path, "a directory", text -> Path.of(text));
    }
}
