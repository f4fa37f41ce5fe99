package org.storedb.internal.document;

import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.storedb.document.ValueType;
import org.storedb.query.TextWords;

/** Finds the words of a stored string, or of the strings in a stored array; see {@link TextWords}. */
public final class StoredWords {

    private StoredWords() {}

    /** Returns the different words; none if the value is neither. */
    static Set<String> of(@Nullable EncodedValue value) {
        Set<String> words = new TreeSet<>();
        anyMatch(value, word -> {
            words.add(word);
            return false;
        });
        return words;
    }

    /** Returns whether {@code test} is true for any of the words, which it receives one after another until then. */
    public static boolean anyMatch(@Nullable EncodedValue value, Predicate<String> test) {
        if (value != null && value.type() == ValueType.ARRAY) {
            int size = value.size();
            for (int index = 0; index < size; index++) {
                if (anyMatchOfString(value.element(index), test)) {
                    return true;
                }
            }
            return false;
        }
        return value != null && anyMatchOfString(value, test);
    }

    private static boolean anyMatchOfString(EncodedValue value, Predicate<String> test) {
        if (value.type() == ValueType.STRING) {
            for (TextWords words = new TextWords(value.asString()); words.next(); ) {
                if (test.test(words.word())) {
                    return true;
                }
            }
        }
        return false;
    }
}
