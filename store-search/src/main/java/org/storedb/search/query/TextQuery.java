package org.storedb.search.query;

import java.util.List;
import org.storedb.error.InvalidQueryException;

/**
 * What to look for in the text of documents. Immutable.
 *
 * <p>What names no field is looked for in all fields of the index, each with its analyzer. A word that the analyzer of one
 * of the fields leaves out, as languages do with "the", need not be there.
 *
 * <pre>{@code
 * TextQuery.words("old harbour").and(TextQuery.prefix("mus").in("tags"))
 * TextQuery.parse("old harbour tags:mus*")
 * }</pre>
 */
public sealed interface TextQuery {

    /**
     * The query that a text means, in the language that docs/SEARCH.md describes; words that follow one another must all
     * be there.
     *
     * @throws org.storedb.error.QuerySyntaxException if it cannot be read
     */
    static TextQuery parse(String text) {
        return new TextQueryParser(text).parse();
    }

    /** All words of a text, which is taken literally: what a user has typed into a box. */
    static TextQuery words(String text) {
        return new Words(text, Matching.ALL, List.of());
    }

    /** At least one of the words of a text, which is taken literally. */
    static TextQuery anyWord(String text) {
        return new Words(text, Matching.ANY, List.of());
    }

    /** The words of a text, one after the other. */
    static TextQuery phrase(String text) {
        return phrase(text, 0);
    }

    /**
     * The words of a text near each other.
     *
     * @param slop how many places words may be moved in all, at least 0; two that follow each other in the wrong order are 2
     */
    static TextQuery phrase(String text, int slop) {
        return new Phrase(text, slop, List.of());
    }

    /** Words that begin so, and the word itself in any of its forms. All of them score the same. */
    static TextQuery prefix(String prefix) {
        return new Prefix(prefix, List.of());
    }

    /** Words like this one: at most one edit away if it has 3 to 5 characters, two if it has more, none if less. */
    static TextQuery fuzzy(String word) {
        int characters = word.codePointCount(0, word.length());
        return fuzzy(word, characters < 3 ? 0 : characters < 6 ? 1 : 2);
    }

    /**
     * Words that become this one by so many edits: a character more, less, or another one, or two exchanged. Only the
     * nearest ones count: at most 1,024 together for all such words in a query, each in each of its fields.
     *
     * @param edits 0 to 2
     */
    static TextQuery fuzzy(String word, int edits) {
        return new Fuzzy(word, edits, List.of());
    }

    /** Every document. */
    static TextQuery everything() {
        return new Everything();
    }

    /** All of these; none at all matches everything. */
    static TextQuery allOf(TextQuery... queries) {
        return new All(List.of(queries));
    }

    /** One of these at least; none at all matches nothing. The more match, the higher the score. */
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
     * The same, counting more or less in the score.
     *
     * @param factor above 0
     */
    default TextQuery boostedBy(double factor) {
        return new Boosted(this, factor);
    }

    /** The same in these fields only, apart from what names its fields already. */
    TextQuery in(String... fields);

    /** How many of several words must be there. */
    enum Matching {
        ALL,
        ANY
    }

    /** Words of a text. */
    record Words(String text, Matching matching, List<String> fields) implements TextQuery {
        public Words {
            fields = List.copyOf(fields);
        }

        @Override
        public TextQuery in(String... in) {
            return fields.isEmpty() ? new Words(text, matching, List.of(in)) : this;
        }
    }

    /** Words one after the other, or near each other. */
    record Phrase(String text, int slop, List<String> fields) implements TextQuery {
        public Phrase {
            if (slop < 0) {
                throw new InvalidQueryException("The slop of a phrase goes from 0 on, but is " + slop);
            }
            fields = List.copyOf(fields);
        }

        @Override
        public TextQuery in(String... in) {
            return fields.isEmpty() ? new Phrase(text, slop, List.of(in)) : this;
        }
    }

    /** Words that begin so. */
    record Prefix(String prefix, List<String> fields) implements TextQuery {
        public Prefix {
            fields = List.copyOf(fields);
        }

        @Override
        public TextQuery in(String... in) {
            return fields.isEmpty() ? new Prefix(prefix, List.of(in)) : this;
        }
    }

    /** Words like another one. */
    record Fuzzy(String word, int edits, List<String> fields) implements TextQuery {
        public Fuzzy {
            if (edits < 0 || edits > 2) {
                throw new InvalidQueryException("Words are looked for with 0 to 2 edits, not with " + edits);
            }
            fields = List.copyOf(fields);
        }

        @Override
        public TextQuery in(String... in) {
            return fields.isEmpty() ? new Fuzzy(word, edits, List.of(in)) : this;
        }
    }

    /** Every document. */
    record Everything() implements TextQuery {
        @Override
        public TextQuery in(String... in) {
            return this;
        }
    }

    /** All of several. */
    record All(List<TextQuery> queries) implements TextQuery {
        public All {
            queries = List.copyOf(queries);
        }

        @Override
        public TextQuery in(String... in) {
            return new All(queries.stream().map(query -> query.in(in)).toList());
        }
    }

    /** One of several at least. */
    record Any(List<TextQuery> queries) implements TextQuery {
        public Any {
            queries = List.copyOf(queries);
        }

        @Override
        public TextQuery in(String... in) {
            return new Any(queries.stream().map(query -> query.in(in)).toList());
        }
    }

    /** Not another one. */
    record Not(TextQuery query) implements TextQuery {
        @Override
        public TextQuery in(String... in) {
            return new Not(query.in(in));
        }
    }

    /** Another one whose score is multiplied. */
    record Boosted(TextQuery query, double factor) implements TextQuery {
        public Boosted {
            if (!(factor > 0 && Float.isFinite((float) factor))) {
                throw new InvalidQueryException("A boost is above 0 and finite, not " + factor);
            }
        }

        @Override
        public TextQuery in(String... in) {
            return new Boosted(query.in(in), factor);
        }
    }
}
