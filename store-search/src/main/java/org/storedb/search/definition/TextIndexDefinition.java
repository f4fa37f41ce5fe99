package org.storedb.search.definition;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.storedb.error.InvalidNameException;

/**
 * What a text index covers. Immutable; each method returns a changed copy.
 *
 * <pre>{@code
 * TextIndexDefinition.of("books")
 *         .field("title", TextAnalyzer.words(), 3)
 *         .field("summary", TextAnalyzer.language(Language.ENGLISH));
 * }</pre>
 *
 * @param name unique within a store
 * @param collection the collection whose documents are searched
 * @param fields the fields of their text, at least one before the index can be opened; each path at most once
 */
public record TextIndexDefinition(String name, String collection, List<TextField> fields) {

    private static final Pattern NAME = Pattern.compile("[a-zA-Z0-9][a-zA-Z0-9_.-]{0,99}");

    public TextIndexDefinition {
        if (!NAME.matcher(name).matches()) {
            throw new InvalidNameException("'" + name + "' cannot be the name of a text index: use 1 to 100 characters"
                    + " of a-z, A-Z, 0-9, '_', '-' and '.', beginning with a letter or digit");
        }
        fields = List.copyOf(fields);
        if (fields.stream().map(TextField::path).distinct().count() < fields.size()) {
            throw new IllegalArgumentException("A text index must have each field only once, but has "
                    + fields.stream().map(TextField::path).toList());
        }
    }

    /** Returns a definition for a collection, named after it, without fields. */
    public static TextIndexDefinition of(String collection) {
        return new TextIndexDefinition(collection, collection, List.of());
    }

    /** Returns the same definition under another name. */
    public TextIndexDefinition named(String newName) {
        return new TextIndexDefinition(newName, collection, fields);
    }

    /** Adds a field. */
    public TextIndexDefinition field(String path, TextAnalyzer analyzer) {
        return field(path, analyzer, 1);
    }

    /** Adds a field in which matches count more, or less. */
    public TextIndexDefinition field(String path, TextAnalyzer analyzer, float boost) {
        List<TextField> more = new ArrayList<>(fields);
        more.add(new TextField(path, analyzer, boost));
        return new TextIndexDefinition(name, collection, more);
    }

    /** Returns the field with this path. */
    public Optional<TextField> find(String path) {
        return fields.stream().filter(field -> field.path().equals(path)).findFirst();
    }

    /**
     * Returns a fingerprint that distinguishes definitions whose indexes differ: by collection, fields and analyzers,
     * but not by boosts, which only matter when searching.
     */
    public String fingerprint() {
        StringBuilder text = new StringBuilder(collection);
        fields.forEach(
                field -> text.append('\n').append(field.path()).append('\n').append(field.analyzer()));
        return text.toString();
    }
}
