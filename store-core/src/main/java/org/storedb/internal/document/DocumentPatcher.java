package org.storedb.internal.document;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.storedb.document.DocumentCodec;
import org.storedb.document.DocumentPatch;
import org.storedb.document.DocumentPatch.Change;
import org.storedb.error.InvalidDocumentException;

/** Applies patches to documents in their plain form. */
public final class DocumentPatcher {

    private DocumentPatcher() {}

    /**
     * Changes {@code document}, a map as {@link EncodedValue#toObject} returns it. After an exception it may have been
     * changed in part.
     *
     * @throws InvalidDocumentException for a change that does not fit the document, or that would change its id
     */
    public static void apply(DocumentPatch patch, Map<String, @Nullable Object> document) {
        for (Change change : patch.changes()) {
            String[] names = FieldPaths.split(change.field());
            if (names[0].equals(DocumentCodec.ID_FIELD)) {
                throw new InvalidDocumentException("A patch cannot change the id of a document");
            }
            if (change instanceof Change.Unset) {
                unset(document, names, change);
                continue;
            }
            Map<String, @Nullable Object> parent = parent(document, names, change);
            String name = names[names.length - 1];
            if (change instanceof Change.Set set) {
                parent.put(name, plain(set.value(), change));
            } else if (change instanceof Change.Increment increment) {
                parent.put(name, sum(parent.get(name), increment));
            }
        }
    }

    private static void unset(Map<String, @Nullable Object> document, String[] names, Change change) {
        Map<String, @Nullable Object> object = document;
        for (int level = 0; level < names.length - 1; level++) {
            Object next = object.get(names[level]);
            if (next == null) {
                return;
            }
            object = object(next, names[level], change);
        }
        object.remove(names[names.length - 1]);
    }

    /** The object that holds the field; objects that are missing on the way there are created. */
    private static Map<String, @Nullable Object> parent(
            Map<String, @Nullable Object> document, String[] names, Change change) {
        Map<String, @Nullable Object> object = document;
        for (int level = 0; level < names.length - 1; level++) {
            Object next = object.get(names[level]);
            if (next == null) {
                next = new LinkedHashMap<String, @Nullable Object>();
                object.put(names[level], next);
            }
            object = object(next, names[level], change);
        }
        return object;
    }

    @SuppressWarnings("unchecked") // Maps in the plain form have string keys.
    private static Map<String, @Nullable Object> object(Object value, String name, Change change) {
        if (value instanceof Map<?, ?> map) {
            return (Map<String, @Nullable Object>) map;
        }
        throw new InvalidDocumentException("Field \"" + change.field() + "\" cannot be changed: \"" + name
                + "\" on its path is " + describe(value) + ", not an object");
    }

    private static @Nullable Object plain(@Nullable Object value, Change change) {
        try {
            return PlainValues.of(value);
        } catch (InvalidDocumentException e) {
            throw new InvalidDocumentException("Field \"" + change.field() + "\": " + e.getMessage(), e);
        }
    }

    private static Object sum(@Nullable Object current, Change.Increment increment) {
        Object amount = plain(increment.amount(), increment);
        if (!(amount instanceof Number number)) {
            throw new InvalidDocumentException("Field \"" + increment.field() + "\" cannot be incremented by nothing");
        }
        if (current == null) {
            return number;
        }
        if (!(current instanceof Number base)) {
            throw new InvalidDocumentException("Field \"" + increment.field() + "\" cannot be incremented: it is "
                    + describe(current) + ", not a number");
        }
        Object sum = plain(sum(base, number), increment);
        return sum == null ? number : sum;
    }

    /** Exact, unless one of the two is a {@code double} and none a {@code BigDecimal}. */
    private static Number sum(Number first, Number second) {
        if (first instanceof BigDecimal || second instanceof BigDecimal) {
            return decimal(first).add(decimal(second));
        }
        if (first instanceof Double || second instanceof Double) {
            return first.doubleValue() + second.doubleValue();
        }
        return integer(first).add(integer(second));
    }

    private static BigDecimal decimal(Number number) {
        if (number instanceof BigDecimal decimal) {
            return decimal;
        }
        return number instanceof Double ? BigDecimal.valueOf(number.doubleValue()) : new BigDecimal(integer(number));
    }

    private static BigInteger integer(Number number) {
        return number instanceof BigInteger integer ? integer : BigInteger.valueOf(number.longValue());
    }

    private static String describe(Object value) {
        if (value instanceof String) {
            return "a string";
        }
        if (value instanceof Number) {
            return "a number";
        }
        if (value instanceof Boolean) {
            return "a boolean";
        }
        return value instanceof Map ? "an object" : value instanceof byte[] ? "binary" : "an array";
    }
}
