package org.storedb.document;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.storedb.query.Filter;
import org.storedb.query.Sort.Direction;

/**
 * An index on one field or on several fields together. Immutable; each method that describes more returns a changed copy.
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
 * <p>A document whose fields are missing or null has an entry as well, but does not count for uniqueness: as in SQL, any
 * number of documents may have no value. A part for each element gives a document one entry for every different element
 * of the array; a document whose field is missing, holds no array or holds an empty one has no entry then. A part for
 * words gives it one for every different word of a string or of the strings in an array, see
 * {@link org.storedb.query.TextWords}. A partial index has entries of the documents that match its filter, which alone
 * count for uniqueness. A part for places gives an entry to documents whose field is a point, see
 * {@link org.storedb.query.GeoPoint}.
 *
 * @param name unique within the collection; made of the parts unless {@link #named} gives another
 * @param parts what its keys consist of, at least one, with different fields, at most one of them for each element or
 *     for words
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
            throw new IllegalArgumentException("An index can have each element, or the words, of one field only, not of"
                    + " several: " + fields + "; create one index for each");
        }
        if (unique && parts.stream().anyMatch(Part::words)) {
            throw new IllegalArgumentException("An index on words cannot be unique: many documents have the same words;"
                    + " put the unique fields in an index of their own");
        }
        if (unique && parts.stream().anyMatch(Part::place)) {
            throw new IllegalArgumentException("An index on a place cannot be unique: it tells places apart to about a"
                    + " centimetre only; put the unique fields in an index of their own");
        }
        if (filter != null) {
            IndexFilters.require(filter);
        }
    }

    /** An index of all documents on fields as they are, each ascending. */
    public IndexDefinition(String name, List<String> fields, boolean unique) {
        this(name, fields.stream().map(Part::on).toList(), unique, null);
    }

    /** An index of all documents on these parts, named after them. */
    public static IndexDefinition of(List<Part> parts) {
        return of(parts, false);
    }

    /** An index on the given fields, named after them. */
    public static IndexDefinition on(String... fields) {
        return of(Stream.of(fields).map(Part::on).toList(), false);
    }

    /** A unique index on the given fields, named after them. */
    public static IndexDefinition uniqueOn(String... fields) {
        return of(Stream.of(fields).map(Part::on).toList(), true);
    }

    /** An index with an entry for each different element of an array. */
    public static IndexDefinition onEachElementOf(String field) {
        return of(List.of(Part.on(field).forEachElement()), false);
    }

    /** An index on points, for queries by {@code near} and {@code within}. */
    public static IndexDefinition onPlace(String field) {
        return of(List.of(Part.on(field).asPlace()), false);
    }

    /** An index with an entry for each different word, for queries by {@link Filter#text}. */
    public static IndexDefinition onWordsOf(String field) {
        return of(List.of(Part.on(field).asWords()), false);
    }

    private static IndexDefinition of(List<Part> parts, boolean unique) {
        return new IndexDefinition(nameOf(parts, null), parts, unique, null);
    }

    /** With further fields behind those before, each ascending. */
    public IndexDefinition ascending(String... fields) {
        return plus(Stream.of(fields).map(Part::on).toList());
    }

    /** With further fields behind those before, each descending: for queries that sort by some up and by others down. */
    public IndexDefinition descending(String... fields) {
        return plus(Stream.of(fields).map(Part::on).map(Part::downward).toList());
    }

    /** With an entry for each different element of an array. */
    public IndexDefinition eachElementOf(String field) {
        return plus(List.of(Part.on(field).forEachElement()));
    }

    /** With points, for queries by {@code near} and {@code within}. */
    public IndexDefinition place(String field) {
        return plus(List.of(Part.on(field).asPlace()));
    }

    /** With an entry for each different word, for queries by {@link Filter#text}. */
    public IndexDefinition wordsOf(String field) {
        return plus(List.of(Part.on(field).asWords()));
    }

    /**
     * With strings told apart by their lower case only, for queries that ignore case.
     *
     * @param fields which of the fields so far; none stands for all of them
     * @throws IllegalArgumentException if one of them is no field of this index
     */
    public IndexDefinition caseInsensitive(String... fields) {
        List<String> chosen = fields.length == 0 ? fields() : Arrays.asList(fields);
        if (!fields().containsAll(chosen)) {
            throw new IllegalArgumentException("The index on " + fields() + " has not all of " + chosen);
        }
        return withParts(parts.stream()
                .map(part -> chosen.contains(part.field()) && part.hasCase() ? part.ignoringCase() : part)
                .toList());
    }

    /** No two documents with an entry may have the same values. */
    public IndexDefinition asUnique() {
        return new IndexDefinition(name, parts, true, filter);
    }

    /**
     * Of the documents that match only. Queries use such an index if they ask for no others.
     *
     * @param newFilter of comparisons, {@code in}, {@code exists}, {@code isNull}, {@code startsWith}, {@code endsWith},
     *     {@code contains} and {@code hasElement}, and of these with and, or and not
     * @throws IllegalArgumentException if it has other conditions
     */
    public IndexDefinition where(Filter newFilter) {
        return renamed(new IndexDefinition(name, parts, unique, newFilter));
    }

    public IndexDefinition named(String newName) {
        return new IndexDefinition(newName, parts, unique, filter);
    }

    /** The paths of the indexed fields, each with dots between the names. */
    public List<String> fields() {
        return parts.stream().map(Part::field).toList();
    }

    /** Whether each document has one entry: there is no filter, and no part for each element, for words or for places. */
    public boolean hasOneEntryPerDocument() {
        return filter == null && parts.stream().noneMatch(part -> part.isRepeated() || part.place());
    }

    private IndexDefinition plus(List<Part> more) {
        List<Part> all = new ArrayList<>(parts);
        all.addAll(more);
        return withParts(all);
    }

    private IndexDefinition withParts(List<Part> newParts) {
        return renamed(new IndexDefinition(name, newParts, unique, filter));
    }

    /** A name that was made of the parts is made anew when they change. */
    private IndexDefinition renamed(IndexDefinition changed) {
        return name.equals(nameOf(parts, filter)) ? changed.named(nameOf(changed.parts, changed.filter)) : changed;
    }

    private static String nameOf(List<Part> parts, @Nullable Filter filter) {
        String names = String.join("_", parts.stream().map(Part::name).toList());
        return allowed(filter == null ? names : names + "-partial");
    }

    /**
     * A name that an index may have: a character that none may have stands there as {@code -} and its four hexadecimal
     * digits, {@code f} stands before what is no letter or digit, a checksum in place of the end of a name that is too long.
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

    /** Says what is indexed: {@code unique on lower(email), population descending where …}. */
    public String describe() {
        return (unique ? "unique on " : "on ")
                + String.join(", ", parts.stream().map(Part::toString).toList())
                + (filter == null ? "" : " where " + filter);
    }

    /**
     * One field of an index.
     *
     * @param field its path, with dots between the names
     * @param direction in which the values stand in the index
     * @param caseInsensitive whether strings are told apart by their lower case only
     * @param eachElement whether it is the elements of an array that are indexed, and not the array as one value
     * @param place whether the value is a point; neither of the two before goes with it
     * @param words whether it is the words of strings that are indexed; none of the three before goes with it
     */
    public record Part(
            String field,
            Direction direction,
            boolean caseInsensitive,
            boolean eachElement,
            boolean place,
            boolean words) {

        public Part {
            if (place && (caseInsensitive || eachElement)) {
                throw new IllegalArgumentException(
                        "Field \"" + field + "\" of an index is a place; it has neither" + " elements nor letters");
            }
            if (words && (caseInsensitive || eachElement || place)) {
                throw new IllegalArgumentException(
                        "Field \"" + field + "\" of an index is there by its words; they are in"
                                + " lower case, those of all elements, and no places");
            }
        }

        /** A field as it is, ascending. */
        public static Part on(String field) {
            return new Part(field, Direction.ASCENDING, false, false, false, false);
        }

        Part downward() {
            return new Part(field, Direction.DESCENDING, caseInsensitive, eachElement, place, words);
        }

        Part ignoringCase() {
            return new Part(field, direction, true, eachElement, place, words);
        }

        Part forEachElement() {
            return new Part(field, direction, caseInsensitive, true, place, words);
        }

        Part asPlace() {
            return new Part(field, direction, caseInsensitive, eachElement, true, words);
        }

        Part asWords() {
            return new Part(field, direction, caseInsensitive, eachElement, place, true);
        }

        /** Whether a document has any number of entries because of it, where others have one. */
        public boolean isRepeated() {
            return eachElement || words;
        }

        private boolean hasCase() {
            return !place && !words;
        }

        private String name() {
            return field
                    + (eachElement ? "-each" : "")
                    + (place ? "-place" : "")
                    + (words ? "-words" : "")
                    + (caseInsensitive ? "-nocase" : "")
                    + (direction == Direction.DESCENDING ? "-desc" : "");
        }

        @Override
        public String toString() {
            return (eachElement ? "each element of " : place ? "place " : words ? "words of " : "")
                    + (caseInsensitive ? "lower(" + field + ")" : field)
                    + (direction == Direction.DESCENDING ? " descending" : "");
        }
    }
}
