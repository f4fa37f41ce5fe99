package org.storedb.internal.document;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.storedb.document.ValueType;

/**
 * Reads the field with one path from any number of documents: the path is split, and its names are looked up, only
 * once. Safe for use by many threads.
 */
public final class FieldReader {

    private final FieldDictionary dictionary;
    private final String path;
    private final String[] names;
    private final int[] ids; // Unknown ids are looked up again, since the dictionary grows. Racing writes agree.

    private FieldReader(FieldDictionary dictionary, String path) {
        this.dictionary = dictionary;
        this.path = path;
        this.names = FieldPaths.split(path);
        this.ids = new int[names.length];
        Arrays.fill(ids, FieldDictionary.UNKNOWN);
    }

    /**
     * Returns a reader of the field with this path.
     *
     * @param path names separated by dots
     */
    public static FieldReader of(String path, FieldDictionary dictionary) {
        return new FieldReader(dictionary, path);
    }

    public String path() {
        return path;
    }

    /**
     * Returns the field's value, or {@code null} if the document has none: a name is missing, or one on the path is not
     * an object.
     */
    public @Nullable EncodedValue read(EncodedValue document) {
        EncodedValue value = document;
        for (int level = 0; level < names.length; level++) {
            if (value.type() != ValueType.OBJECT) {
                return null;
            }
            EncodedValue next = value.field(idAt(level), names[level]);
            if (next == null) {
                return null;
            }
            value = next;
        }
        return value;
    }

    private int idAt(int level) {
        int id = ids[level];
        if (id == FieldDictionary.UNKNOWN) {
            id = dictionary.find(names[level]);
            ids[level] = id;
        }
        return id;
    }
}
