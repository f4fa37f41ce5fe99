package org.storedb.internal.document;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.storedb.document.DocumentCodec;
import org.storedb.document.DocumentPatch;
import org.storedb.document.DocumentPatch.Change;
import org.storedb.error.InvalidDocumentException;

/** Applies patches to documents in plain form. */
public final class DocumentPatcher {

    private final Map<String, @Nullable Object> document;

    private DocumentPatcher(Map<String, @Nullable Object> document) {
        this.document = document;
    }

    /**
     * Changes {@code document}, a map as {@link EncodedValue#toObject} returns it. After an exception it may be partly
     * changed.
     *
     * @throws InvalidDocumentException for a change that does not fit the document, or that would change its id
     */
    public static void apply(DocumentPatch patch, Map<String, @Nullable Object> document) {
        DocumentPatcher patcher = new DocumentPatcher(document);
        patch.changes().forEach(patcher::apply);
    }

    private void apply(Change change) {
        String[] names = path(change.field());
        if (change instanceof Change.Unset) {
            Map<String, @Nullable Object> owner = owner(names);
            if (owner != null) {
                owner.remove(names[names.length - 1]);
            }
        } else if (change instanceof Change.Rename rename) {
            rename(names, rename);
        } else if (change instanceof Change.Pull pull) {
            Object array = find(names);
            if (array != null) {
                elements(array, change).removeIf(same(plain(pull.element(), change)));
            }
        } else {
            Map<String, @Nullable Object> parent = parent(names, change);
            String name = names[names.length - 1];
            parent.put(name, changed(parent.get(name), change));
        }
    }

    /** Returns the value of a field after a change that assigns one. */
    private static @Nullable Object changed(@Nullable Object current, Change change) {
        if (change instanceof Change.Set set) {
            return plain(set.value(), change);
        }
        if (change instanceof Change.Increment increment) {
            return computed(current, increment.amount(), change, "incremented");
        }
        if (change instanceof Change.Multiply multiply) {
            return computed(current, multiply.factor(), change, "multiplied");
        }
        if (change instanceof Change.Min min) {
            return chosen(current, min.value(), change, -1);
        }
        if (change instanceof Change.Max max) {
            return chosen(current, max.value(), change, 1);
        }
        List<@Nullable Object> elements = current == null ? new ArrayList<>() : elements(current, change);
        if (change instanceof Change.Push push) {
            elements.add(plain(push.element(), change));
        } else if (change instanceof Change.AddToSet add) {
            Object element = plain(add.element(), change);
            if (elements.stream().noneMatch(same(element))) {
                elements.add(element);
            }
        }
        return elements;
    }

    private void rename(String[] names, Change.Rename rename) {
        String[] target = path(rename.newField());
        if (isInside(target, names) || isInside(names, target)) {
            throw new InvalidDocumentException("Field \"" + rename.field() + "\" cannot be renamed to \""
                    + rename.newField() + "\": one of the two is inside the other");
        }
        Map<String, @Nullable Object> owner = owner(names);
        if (owner != null && owner.containsKey(names[names.length - 1])) {
            Map<String, @Nullable Object> newOwner = parent(target, rename);
            newOwner.put(target[target.length - 1], owner.remove(names[names.length - 1]));
        }
    }

    private static boolean isInside(String[] names, String[] outer) {
        return names.length > outer.length && Arrays.equals(names, 0, outer.length, outer, 0, outer.length);
    }

    private static String[] path(String field) {
        String[] names = FieldPaths.split(field);
        if (names[0].equals(DocumentCodec.ID_FIELD)) {
            throw new InvalidDocumentException("A patch cannot change the id of a document");
        }
        return names;
    }

    private @Nullable Object find(String[] names) {
        Map<String, @Nullable Object> owner = owner(names);
        return owner == null ? null : owner.get(names[names.length - 1]);
    }

    /** Returns the object that would hold the field, or {@code null} if there is none, as in queries. */
    @SuppressWarnings("unchecked") // Maps in plain form have string keys.
    private @Nullable Map<String, @Nullable Object> owner(String[] names) {
        Map<String, @Nullable Object> object = document;
        for (int level = 0; level < names.length - 1; level++) {
            if (!(object.get(names[level]) instanceof Map<?, ?> next)) {
                return null;
            }
            object = (Map<String, @Nullable Object>) next;
        }
        return object;
    }

    /** Returns the object that holds the field; creates objects that are missing on the path to it. */
    private Map<String, @Nullable Object> parent(String[] names, Change change) {
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

    @SuppressWarnings("unchecked") // Maps in plain form have string keys.
    private static Map<String, @Nullable Object> object(Object value, String name, Change change) {
        if (value instanceof Map<?, ?> map) {
            return (Map<String, @Nullable Object>) map;
        }
        throw new InvalidDocumentException("Field \"" + change.field() + "\" cannot be changed: \"" + name
                + "\" on its path is " + describe(value) + ", not an object");
    }

    @SuppressWarnings("unchecked") // Whatever is in a list in plain form is an object.
    private static List<@Nullable Object> elements(Object value, Change change) {
        if (value instanceof List<?> list) {
            return (List<@Nullable Object>) list;
        }
        throw new InvalidDocumentException("Field \"" + change.field() + "\" has no elements to change: it is "
                + describe(value) + ", not an array");
    }

    private static @Nullable Object plain(@Nullable Object value, Change change) {
        try {
            return PlainValues.of(value);
        } catch (InvalidDocumentException e) {
            throw new InvalidDocumentException("Field \"" + change.field() + "\": " + e.getMessage(), e);
        }
    }

    /** Returns a test for equality with a value, comparing numbers by value. */
    private static Predicate<@Nullable Object> same(@Nullable Object value) {
        byte[] key = KeyEncoder.encode(value);
        return other -> Arrays.equals(KeyEncoder.encode(other), key);
    }

    /** Returns the smaller (-1) or greater (1) of two values of the same type. */
    private static Object chosen(@Nullable Object current, Object given, Change change, int direction) {
        Object value = plain(given, change);
        if (value == null) {
            throw new InvalidDocumentException("Field \"" + change.field() + "\" cannot be compared with null");
        }
        if (current == null) {
            return value;
        }
        if (!describe(current).equals(describe(value))) {
            throw new InvalidDocumentException("Field \"" + change.field() + "\" is " + describe(current)
                    + ", which cannot be compared with " + describe(value));
        }
        int order = Arrays.compareUnsigned(KeyEncoder.encode(value), KeyEncoder.encode(current));
        return Integer.signum(order) == direction ? value : current;
    }

    private static Object computed(@Nullable Object current, Number given, Change change, String done) {
        Object operand = plain(given, change);
        if (!(operand instanceof Number number)) {
            throw new InvalidDocumentException("Field \"" + change.field() + "\" cannot be " + done + " by null");
        }
        if (current != null && !(current instanceof Number)) {
            throw new InvalidDocumentException("Field \"" + change.field() + "\" cannot be " + done + ": it is "
                    + describe(current) + ", not a number");
        }
        Number base = current == null ? 0L : (Number) current;
        Number result = change instanceof Change.Multiply
                ? product(base, number)
                : current == null ? number : sum(base, number);
        Object checked = plain(result, change);
        return checked == null ? result : checked;
    }

    /** Adds two numbers, exactly unless one is a {@code double} and neither a {@code BigDecimal}. */
    private static Number sum(Number first, Number second) {
        if (first instanceof BigDecimal || second instanceof BigDecimal) {
            return decimal(first).add(decimal(second));
        }
        if (first instanceof Double || second instanceof Double) {
            return first.doubleValue() + second.doubleValue();
        }
        return integer(first).add(integer(second));
    }

    /** Multiplies two numbers, exactly unless one is a {@code double} and neither a {@code BigDecimal}. */
    private static Number product(Number first, Number second) {
        if (first instanceof BigDecimal || second instanceof BigDecimal) {
            return decimal(first).multiply(decimal(second));
        }
        if (first instanceof Double || second instanceof Double) {
            return first.doubleValue() * second.doubleValue();
        }
        return integer(first).multiply(integer(second));
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
