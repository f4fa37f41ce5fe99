package org.storedb.internal.json;

import java.math.BigDecimal;
import java.util.Base64;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.storedb.error.InvalidDocumentException;

/**
 * The notation of values without a JSON form: an object with one field, whose name identifies the type.
 *
 * <pre>
 * {"$binary": "3q2+7w=="}      bytes, as Base64
 * {"$decimal": "0.10"}         a decimal whose plain text would be read as another number, or with another scale
 * {"$$decimal": ...}           an object that really has one field, named $decimal: one $ more for each
 * </pre>
 */
final class JsonTags {

    static final String BINARY = "$binary";
    static final String DECIMAL = "$decimal";

    private static final Set<String> WORDS = Set.of("binary", "decimal");

    private JsonTags() {}

    /** Returns whether an object with one field of this name would be mistaken for something else. */
    static boolean isAmbiguous(String name) {
        int word = 0;
        while (word < name.length() && name.charAt(word) == '$') {
            word++;
        }
        return word > 0 && WORDS.contains(name.substring(word));
    }

    /** Returns what an object that was read represents, which is nearly always the object itself. */
    static @Nullable Object resolve(Map<String, @Nullable Object> object) {
        if (object.size() != 1) {
            return object;
        }
        Map.Entry<String, @Nullable Object> only = object.entrySet().iterator().next();
        String name = only.getKey();
        if (!isAmbiguous(name)) {
            return object;
        }
        if (name.equals(BINARY)) {
            return binary(only.getValue());
        }
        if (name.equals(DECIMAL)) {
            return decimal(only.getValue());
        }
        Object value = only.getValue();
        object.clear();
        object.put(name.substring(1), value);
        return object;
    }

    private static byte[] binary(@Nullable Object value) {
        if (value instanceof String text) {
            try {
                return Base64.getDecoder().decode(text);
            } catch (IllegalArgumentException e) {
                throw new InvalidDocumentException("\"" + BINARY + "\" is not followed by Base64", e);
            }
        }
        throw noText(BINARY);
    }

    private static BigDecimal decimal(@Nullable Object value) {
        if (value instanceof String text) {
            try {
                return new BigDecimal(text);
            } catch (NumberFormatException e) {
                throw new InvalidDocumentException("\"" + DECIMAL + "\" is not followed by a number", e);
            }
        }
        throw noText(DECIMAL);
    }

    private static InvalidDocumentException noText(String tag) {
        return new InvalidDocumentException(
                "\"" + tag + "\" must be followed by text; if it is the name of a field, write \"$" + tag
                        + "\", or read the file with plain types");
    }
}
