package org.storedb.document;

import java.util.List;

/**
 * An index on one field or on several fields together. A document whose fields are missing or null has an entry as well,
 * but does not count for uniqueness: as in SQL, any number of documents may have no value. Immutable.
 *
 * @param name unique within the collection
 * @param fields paths of the indexed fields, at least one, each with dots between the names
 * @param unique whether no two documents may have the same values
 */
public record IndexDefinition(String name, List<String> fields, boolean unique) {

    public IndexDefinition {
        fields = List.copyOf(fields);
        if (fields.isEmpty()) {
            throw new IllegalArgumentException("An index needs at least one field");
        }
        if (fields.stream().distinct().count() != fields.size()) {
            throw new IllegalArgumentException("An index cannot have the same field twice: " + fields);
        }
    }

    /** An index on the given fields, named after them. */
    public static IndexDefinition on(String... fields) {
        return new IndexDefinition(String.join("_", fields), List.of(fields), false);
    }

    /** A unique index on the given fields, named after them. */
    public static IndexDefinition uniqueOn(String... fields) {
        return new IndexDefinition(String.join("_", fields), List.of(fields), true);
    }

    public IndexDefinition named(String newName) {
        return new IndexDefinition(newName, fields, unique);
    }
}
