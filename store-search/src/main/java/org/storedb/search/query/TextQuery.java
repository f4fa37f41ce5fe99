package org.storedb.search.query;

import java.util.List;
import org.storedb.error.InvalidQueryException;

/**
 * A query for the text of documents. Immutable.
 *
 * <p>A query that names no field searches all fields of the index, each with its analyzer. A word that the analyzer of
 * one of the fields leaves out, such as "the" in English, need not be found.
 *
 * <pre>{@code
 * TextQuery.words("old harbour").and(TextQuery.prefix("mus").in("tags"))
 * TextQuery.parse("old harbour tags:mus*")
 * }</pre>
 */
public sealed interface TextQuery {

    /**
     * Parses a query in the language that docs/SEARCH.md describes; consecutive words must all be found.
     *
     * @throws org.storedb.error.QuerySyntaxException if it cannot be parsed
     */
    static TextQuery parse(String text) {
        return new TextQueryParser(text).parse();
    }

    /** Matches all words of a text, which is taken literally: for input typed by a user. */
    static TextQuery words(String text) {
        return new Words(text, Matching.ALL, List.of());
    }

    /** Matches at least one of the words of a text, which is taken literally. */
    static TextQuery anyWord(String text) {
        return new Words(text, Matching.ANY, List.of());
    }

    /** Matches the words of a text in sequence. */
    static TextQuery phrase(String text) {
        return phrase(text, 0);
    }

    /**
     * Matches the words of a text near each other.
     *
     * @param slop how many positions words may be moved in all, at least 0; two adjacent words in the wrong order count
     *     2
     */
    static TextQuery phrase(String text, int slop) {
        return new Phrase(text, slop, List.of());
    }

    /** Matches words with a prefix, and the word itself in any of its forms. All of them score the same. */
    static TextQuery prefix(String prefix) {
        return new Prefix(prefix, List.of());
    }

    /**
     * Matches words similar to this one: at most one edit away if it has 3 to 5 characters, two if it has more, none if
     * fewer.
     */
    static TextQuery fuzzy(String word) {
        int characters = word.codePointCount(0, word.length());
        return fuzzy(word, characters < 3 ? 0 : characters < 6 ? 1 : 2);
    }

    /**
     * Matches words within a number of edits of this one: a character inserted, deleted or replaced, or two adjacent
     * ones swapped. Only the nearest words count: at most 1,024 in total for all such words in a query, each in each of
     * its fields.
     *
     * @param edits 0 to 2
     */
    static TextQuery fuzzy(String word, int edits) {
        return new Fuzzy(word, edits, List.of());
    }

    /** Matches every document or, restricted to some fields, those that have text in at least one of them. */
    static TextQuery everything() {
        return new Everything(List.of());
    }

    /** Matches if all of these match; without queries, matches everything. */
    static TextQuery allOf(TextQuery... queries) {
        return new All(List.of(queries));
    }

    /**
     * Matches if at least one of these matches; without queries, matches nothing. The more match, the higher the score.
     */
    static TextQuery anyOf(TextQuery... queries) {
        return new Any(List.of(queries));
    }

    static TextQuery not(TextQuery query) {
        return new Not(query);
    }

    default TextQuery and(TextQuery other) {
        return new All(List.of(this, other));
    }

    default TextQuery or(TextQuery other) {
        return new Any(List.of(this, other));
    }

    /**
     * Returns the same query, counting more or less in the score.
     *
     * @param factor above 0
     */
    default TextQuery boostedBy(double factor) {
        return new Boosted(this, factor);
    }

    /** Returns the same query restricted to these fields, except for parts that already name their fields. */
    TextQuery in(String... fields);

    /** How many of several words must be found. */
    enum Matching {
        ALL,
        ANY
    }

    /** A query for the words of a text. */
    record Words(String text, Matching matching, List<String> fields) implements TextQuery {
        public Words {
            fields = List.copyOf(fields);
        }

        @Override
        public TextQuery in(String... in) {
            return fields.isEmpty() ? new Words(text, matching, List.of(in)) : this;
        }
    }

    /** A query for words in sequence, or near each other. */
    record Phrase(String text, int slop, List<String> fields) implements TextQuery {
        public Phrase {
            if (slop < 0) {
                throw new InvalidQueryException("The slop of a phrase must be 0 or more, but is " + slop);
            }
            fields = List.copyOf(fields);
        }

        @Override
        public TextQuery in(String... in) {
            return fields.isEmpty() ? new Phrase(text, slop, List.of(in)) : this;
        }
    }

    /** A query for words with a prefix. */
    record Prefix(String prefix, List<String> fields) implements TextQuery {
        public Prefix {
            fields = List.copyOf(fields);
        }

        @Override
        public TextQuery in(String... in) {
            return fields.isEmpty() ? new Prefix(prefix, List.of(in)) : this;
        }
    }

    /** A query for words similar to another one. */
    record Fuzzy(String word, int edits, List<String> fields) implements TextQuery {
        public Fuzzy {
            if (edits < 0 || edits > 2) {
                throw new InvalidQueryException("Words can be searched for with 0 to 2 edits, not with " + edits);
            }
            fields = List.copyOf(fields);
        }

        @Override
        public TextQuery in(String... in) {
            return fields.isEmpty() ? new Fuzzy(word, edits, List.of(in)) : this;
        }
    }

    /** A query for every document or, with fields, every one that has text in at least one of them. */
    record Everything(List<String> fields) implements TextQuery {
        public Everything {
            fields = List.copyOf(fields);
        }

        @Override
        public TextQuery in(String... in) {
            return fields.isEmpty() ? new Everything(List.of(in)) : this;
        }
    }

    /** The conjunction of several queries. */
    record All(List<TextQuery> queries) implements TextQuery {
        public All {
            queries = List.copyOf(queries);
        }

        @Override
        public TextQuery in(String... in) {
            return new All(queries.stream().map(query -> query.in(in)).toList());
        }
    }

    /** The disjunction of several queries. */
    record Any(List<TextQuery> queries) implements TextQuery {
        public Any {
            queries = List.copyOf(queries);
        }

        @Override
        public TextQuery in(String... in) {
            return new Any(queries.stream().map(query -> query.in(in)).toList());
        }
    }

    /** The negation of a query. */
    record Not(TextQuery query) implements TextQuery {
        @Override
        public TextQuery in(String... in) {
            return new Not(query.in(in));
        }
    }

    /** A query whose score is multiplied. */
    record Boosted(TextQuery query, double factor) implements TextQuery {
        public Boosted {
            if (!(factor > 0 && Float.isFinite((float) factor))) {
                throw new InvalidQueryException("A boost must be above 0 and finite, not " + factor);
            }
        }

        @Override
        public TextQuery in(String... in) {
            return new Boosted(query.in(in), factor);
        }
    }
}
