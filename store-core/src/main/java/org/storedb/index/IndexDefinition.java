package org.storedb.index;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.storedb.index.IndexDefinition.Part.Kind;
import org.storedb.query.Filter;
import org.storedb.query.Sort.Direction;

/**
 * An index on one field or on several fields together. Immutable; each method that adds to the definition returns a
 * changed copy.
 *
 * <pre>{@code
 * IndexDefinition.on("country").descending("population");
 * IndexDefinition.uniqueOn("email").caseInsensitive();
 * IndexDefinition.on("name").where(Filter.eq("active", true));
 * IndexDefinition.onEachElementOf("tags");
 * IndexDefinition.onPlace("location");
 * IndexDefinition.onWordsOf("title");
 * }</pre>
 *
 * <p>A document whose fields are missing or null also has an entry, but does not count for uniqueness: as in SQL, any
 * number of documents may have no value. A part for each element gives a document one entry for every distinct element
 * of the array; a document whose field is missing, not an array or an empty array then has no entry. A part for words
 * gives it one for every distinct word of a string or of the strings in an array, see
 * {@link org.storedb.query.TextWords}. A partial index has entries only for documents that match its filter, and only
 * these count for uniqueness. A part for places has entries for documents whose field is a point, see
 * {@link org.storedb.query.GeoPoint}.
 *
 * @param name unique within the collection; derived from the parts unless set by {@link #named}
 * @param parts the parts of its keys, at least one, on different fields, at most one of them for each element or for
 *     words
 * @param unique whether no two documents may have the same values
 * @param filter which documents have entries; {@code null} for all
 */
public record IndexDefinition(
        String name,
        List<Part> parts,
        boolean unique,
        @Nullable Filter filter) {

    private static final int NAME_MAX = 128;

    public IndexDefinition {
        parts = List.copyOf(parts);
        if (parts.isEmpty()) {
            throw new IllegalArgumentException("An index needs at least one field");
        }
        List<String> fields = parts.stream().map(Part::field).toList();
        if (fields.stream().distinct().count() != fields.size()) {
            throw new IllegalArgumentException("An index cannot have the same field twice: " + fields);
        }
        if (parts.stream().filter(Part::isRepeated).count() > 1) {
            throw new IllegalArgumentException("An index can cover the elements or words of only one field, not of"
                    + " several: " + fields + "; create one index for each");
        }
        if (unique && parts.stream().anyMatch(part -> part.kind() == Kind.WORDS)) {
            throw new IllegalArgumentException("An index on words cannot be unique: many documents have the same words;"
                    + " put the unique fields in an index of their own");
        }
        if (unique && parts.stream().anyMatch(part -> part.kind() == Kind.PLACE)) {
            throw new IllegalArgumentException("An index on a place cannot be unique: it distinguishes places only to"
                    + " about a centimetre; put the unique fields in an index of their own");
        }
        if (filter != null) {
            IndexFilters.require(filter);
        }
    }

    /** Creates an index of all documents on plain fields, each ascending. */
    public IndexDefinition(String name, List<String> fields, boolean unique) {
        this(name, fields.stream().map(Part::on).toList(), unique, null);
    }

    /** Returns an index of all documents on these parts, named after them. */
    public static IndexDefinition of(List<Part> parts) {
        return of(parts, false);
    }

    /** Returns an index on the given fields, named after them. */
    public static IndexDefinition on(String... fields) {
        return of(Stream.of(fields).map(Part::on).toList(), false);
    }

    /** Returns a unique index on the given fields, named after them. */
    public static IndexDefinition uniqueOn(String... fields) {
        return of(Stream.of(fields).map(Part::on).toList(), true);
    }

    /** Returns an index with an entry for each distinct element of an array. */
    public static IndexDefinition onEachElementOf(String field) {
        return of(List.of(Part.of(field, Kind.EACH_ELEMENT)), false);
    }

    /** Returns an index on points, for queries by {@code near} and {@code within}. */
    public static IndexDefinition onPlace(String field) {
        return of(List.of(Part.of(field, Kind.PLACE)), false);
    }

    /** Returns an index with an entry for each distinct word, for queries by {@link Filter#text}. */
    public static IndexDefinition onWordsOf(String field) {
        return of(List.of(Part.of(field, Kind.WORDS)), false);
    }

    private static IndexDefinition of(List<Part> parts, boolean unique) {
        return new IndexDefinition(nameOf(parts, null), parts, unique, null);
    }

    /** Adds further fields after the existing ones, each ascending. */
    public IndexDefinition ascending(String... fields) {
        return plus(Stream.of(fields).map(Part::on).toList());
    }

    /**
     * Adds further fields after the existing ones, each descending: for queries that sort some fields ascending and
     * others descending.
     */
    public IndexDefinition descending(String... fields) {
        return plus(Stream.of(fields).map(Part::on).map(Part::downward).toList());
    }

    /** Adds an entry for each distinct element of an array. */
    public IndexDefinition eachElementOf(String field) {
        return plus(List.of(Part.of(field, Kind.EACH_ELEMENT)));
    }

    /** Adds points, for queries by {@code near} and {@code within}. */
    public IndexDefinition place(String field) {
        return plus(List.of(Part.of(field, Kind.PLACE)));
    }

    /** Adds an entry for each distinct word, for queries by {@link Filter#text}. */
    public IndexDefinition wordsOf(String field) {
        return plus(List.of(Part.of(field, Kind.WORDS)));
    }

    /**
     * Compares strings by their lower case only, for queries that ignore case.
     *
     * @param fields some of the fields added so far; none means all of them
     * @throws IllegalArgumentException if one of them is not a field of this index
     */
    public IndexDefinition caseInsensitive(String... fields) {
        List<String> chosen = fields.length == 0 ? fields() : Arrays.asList(fields);
        if (!fields().containsAll(chosen)) {
            throw new IllegalArgumentException("The index on " + fields() + " does not have all of " + chosen);
        }
        return withParts(parts.stream()
                .map(part -> chosen.contains(part.field()) ? part.ignoringCase() : part)
                .toList());
    }

    /** Makes the index unique: no two documents with an entry may have the same values. */
    public IndexDefinition asUnique() {
        return new IndexDefinition(name, parts, true, filter);
    }

    /**
     * Restricts the index to matching documents. Queries use such an index if they ask for no others.
     *
     * @param newFilter consisting of comparisons, {@code in}, {@code exists}, {@code isNull}, {@code startsWith},
     *     {@code endsWith}, {@code contains} and {@code hasElement}, and of these combined with and, or and not
     * @throws IllegalArgumentException if it contains other conditions
     */
    public IndexDefinition where(Filter newFilter) {
        return renamed(new IndexDefinition(name, parts, unique, newFilter));
    }

    public IndexDefinition named(String newName) {
        return new IndexDefinition(newName, parts, unique, filter);
    }

    /** Returns the paths of the indexed fields, each with names separated by dots. */
    public List<String> fields() {
        return parts.stream().map(Part::field).toList();
    }

    /**
     * Returns whether each document has one entry: there is no filter, and no part for each element, for words or for
     * places.
     */
    public boolean hasOneEntryPerDocument() {
        return filter == null && parts.stream().noneMatch(part -> part.isRepeated() || part.kind() == Kind.PLACE);
    }

    private IndexDefinition plus(List<Part> more) {
        List<Part> all = new ArrayList<>(parts);
        all.addAll(more);
        return withParts(all);
    }

    private IndexDefinition withParts(List<Part> newParts) {
        return renamed(new IndexDefinition(name, newParts, unique, filter));
    }

    /** Returns a definition with its derived name updated; a name that was set is kept. */
    private IndexDefinition renamed(IndexDefinition changed) {
        return name.equals(nameOf(parts, filter)) ? changed.named(nameOf(changed.parts, changed.filter)) : changed;
    }

    private static String nameOf(List<Part> parts, @Nullable Filter filter) {
        String names = String.join("_", parts.stream().map(Part::name).toList());
        return allowed(filter == null ? names : names + "-partial");
    }

    /**
     * Returns a valid index name: a character that is not allowed is replaced by {@code -} and its four hexadecimal
     * digits, a name that does not begin with a letter or digit is prefixed with {@code f}, and the end of a name that
     * is too long is replaced by a checksum.
     */
    private static String allowed(String names) {
        StringBuilder allowed = new StringBuilder();
        names.chars().forEach(c -> allowed.append(isAllowed(c) ? Character.toString(c) : "-%04x".formatted(c)));
        if (names.isEmpty() || !isLetterOrDigit(names.charAt(0))) {
            allowed.insert(0, 'f');
        }
        return allowed.length() <= NAME_MAX
                ? allowed.toString()
                : allowed.substring(0, NAME_MAX - 9) + "-%08x".formatted(names.hashCode());
    }

    private static boolean isAllowed(int c) {
        return isLetterOrDigit(c) || c == '_' || c == '-' || c == '.';
    }

    private static boolean isLetterOrDigit(int c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
    }

    /** Returns a description of what is indexed: {@code unique on lower(email), population descending where …}. */
    public String describe() {
        return (unique ? "unique on " : "on ")
                + String.join(", ", parts.stream().map(Part::toString).toList())
                + (filter == null ? "" : " where " + filter);
    }

    /**
     * One field of an index.
     *
     * @param field its path, with names separated by dots
     * @param kind what of it is indexed
     * @param caseInsensitive whether strings are compared by their lower case only; not for places and words
     * @param direction the direction in which the values are ordered in the index
     */
    public record Part(String field, Kind kind, boolean caseInsensitive, Direction direction) {

        public Part {
            if (caseInsensitive && !kind.hasCase()) {
                throw new IllegalArgumentException("Field \"" + field + "\" of an index cannot be case-insensitive:"
                        + " a place has no letters, and words are in lower case");
            }
        }

        /** Returns a plain field, ascending. */
        public static Part on(String field) {
            return of(field, Kind.VALUE);
        }

        private static Part of(String field, Kind kind) {
            return new Part(field, kind, false, Direction.ASCENDING);
        }

        private Part downward() {
            return new Part(field, kind, caseInsensitive, Direction.DESCENDING);
        }

        private Part ignoringCase() {
            return new Part(field, kind, kind.hasCase(), direction);
        }

        /** Returns whether this part gives a document any number of entries rather than one. */
        public boolean isRepeated() {
            return kind == Kind.EACH_ELEMENT || kind == Kind.WORDS;
        }

        private String name() {
            return field
                    + kind.suffix
                    + (caseInsensitive ? "-nocase" : "")
                    + (direction == Direction.DESCENDING ? "-desc" : "");
        }

        @Override
        public String toString() {
            return kind.prefix
                    + (caseInsensitive ? "lower(" + field + ")" : field)
                    + (direction == Direction.DESCENDING ? " descending" : "");
        }

        /** What of a field is indexed. */
        public enum Kind {
            /** Its value. */
            VALUE("", ""),
            /** The elements of an array, rather than the array as one value. */
            EACH_ELEMENT("each element of ", "-each"),
            /** A point. */
            PLACE("place ", "-place"),
            /** The words of a string, or of the strings in an array. */
            WORDS("words of ", "-words");

            private final String prefix;
            private final String suffix;

            Kind(String prefix, String suffix) {
                this.prefix = prefix;
                this.suffix = suffix;
            }

            private boolean hasCase() {
                return this == VALUE || this == EACH_ELEMENT;
            }
        }
    }
}
