package org.storedb.search.internal;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.BooleanClause.Occur;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.BoostQuery;
import org.apache.lucene.search.DisjunctionMaxQuery;
import org.apache.lucene.search.FieldExistsQuery;
import org.apache.lucene.search.FuzzyQuery;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.MatchAllDocsQuery;
import org.apache.lucene.search.MatchNoDocsQuery;
import org.apache.lucene.search.PrefixQuery;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.QueryVisitor;
import org.apache.lucene.search.TermQuery;
import org.apache.lucene.util.BytesRef;
import org.apache.lucene.util.QueryBuilder;
import org.apache.lucene.util.automaton.ByteRunAutomaton;
import org.jspecify.annotations.Nullable;
import org.storedb.error.InvalidQueryException;
import org.storedb.search.definition.TextField;
import org.storedb.search.definition.TextIndexDefinition;
import org.storedb.search.query.TextQuery;
import org.storedb.search.query.TextQuery.Matching;

/**
 * Translates text queries into Lucene queries. A part that analyzers reduce to nothing has no effect: it neither
 * excludes nor finds documents. Safe for use by many threads.
 */
public final class QueryTranslator {

    /** The weight of fields that match less well than the best one. */
    private static final float OTHER_FIELDS = 0.1f;

    private static final Pattern BLANKS = Pattern.compile("\\s+", Pattern.UNICODE_CHARACTER_CLASS);

    private static final int NESTING_MAX = 100;

    /** The longest prefix that Lucene accepts. */
    private static final int PREFIX_BYTES_MAX = 1_000;

    private final TextIndexDefinition definition;
    private final Analyzer analyzer;
    private final QueryBuilder builder;

    public QueryTranslator(TextIndexDefinition definition, Analyzer analyzer) {
        this.definition = definition;
        this.analyzer = analyzer;
        this.builder = new QueryBuilder(analyzer);
    }

    /**
     * Returns the Lucene query.
     *
     * @throws InvalidQueryException if it names a field that the index does not have, or is too large
     */
    public Query translate(TextQuery query) {
        try {
            int partsMax = IndexSearcher.getMaxClauseCount();
            Query translated = translate(query, new Limits(0, partsMax)).query();
            if (translated == null) {
                return new MatchNoDocsQuery("analyzers leave nothing of it");
            }
            PartCount parts = new PartCount();
            translated.visit(parts);
            if (parts.fuzzy == 0) {
                return translated;
            }
            int similarWords = Math.max(1, (partsMax - parts.others) / parts.fuzzy);
            return Objects.requireNonNull(
                    translate(query, new Limits(0, similarWords)).query(), "It was there with other limits");
        } catch (IndexSearcher.TooManyClauses e) {
            throw tooManyParts();
        }
    }

    /** Returns the exception for a query that has too many parts to be searched. */
    public static InvalidQueryException tooManyParts() {
        return new InvalidQueryException("A text query has more than " + IndexSearcher.getMaxClauseCount()
                + " parts, counting a word once for each field; use fewer words, or name fields");
    }

    /** Returns the exception for a query with a word for which Lucene cannot compute what is similar to it. */
    public static InvalidQueryException tooLongForSimilarWords() {
        return new InvalidQueryException(
                "A text query asks for words similar to one that is too long for that; search for the word itself");
    }

    private Part translate(TextQuery query, Limits limits) {
        if (limits.depth() > NESTING_MAX) {
            throw new InvalidQueryException("Text queries are nested deeper than " + NESTING_MAX + " levels");
        }
        if (query instanceof TextQuery.Words words) {
            return words(words);
        } else if (query instanceof TextQuery.Phrase phrase) {
            return inFields(phrase.fields(), name -> builder.createPhraseQuery(name, phrase.text(), phrase.slop()));
        } else if (query instanceof TextQuery.Prefix prefix) {
            return inFields(prefix.fields(), name -> prefix(name, prefix.prefix()));
        } else if (query instanceof TextQuery.Fuzzy fuzzy) {
            return inFields(fuzzy.fields(), name -> fuzzy(name, fuzzy, limits.similarWords()));
        } else if (query instanceof TextQuery.All all) {
            return all(all.queries(), limits);
        } else if (query instanceof TextQuery.Any any) {
            return any(any.queries(), limits);
        } else if (query instanceof TextQuery.Not not) {
            return all(List.of(not), limits);
        } else if (query instanceof TextQuery.Boosted boosted) {
            Part inner = translate(boosted.query(), limits.deeper());
            return inner.query() == null
                    ? inner
                    : new Part(new BoostQuery(inner.query(), (float) boosted.factor()), inner.dispensable());
        } else if (query instanceof TextQuery.Everything everything
                && !everything.fields().isEmpty()) {
            return inFields(everything.fields(), FieldExistsQuery::new);
        }
        return new Part(new MatchAllDocsQuery(), false);
    }

    private Part all(List<TextQuery> queries, Limits limits) {
        List<Part> wanted = new ArrayList<>();
        List<Query> excluded = new ArrayList<>();
        for (TextQuery query : queries) {
            if (query instanceof TextQuery.Not not) {
                Query translated = translate(not.query(), limits.deeper()).query();
                if (translated != null) {
                    excluded.add(translated);
                }
            } else {
                wanted.add(translate(query, limits.deeper()));
            }
        }
        wanted.removeIf(part -> part.query() == null);
        if (wanted.isEmpty() && excluded.isEmpty()) {
            return queries.isEmpty() ? new Part(new MatchAllDocsQuery(), false) : Part.NOTHING;
        }
        if (excluded.isEmpty()) {
            return allOf(wanted);
        }
        Query among = wanted.isEmpty() ? new MatchAllDocsQuery() : allOf(wanted).query();
        BooleanQuery.Builder rest = new BooleanQuery.Builder().add(among, Occur.MUST);
        excluded.forEach(query -> rest.add(query, Occur.MUST_NOT));
        return new Part(rest.build(), false);
    }

    private Part any(List<TextQuery> queries, Limits limits) {
        if (queries.isEmpty()) {
            return new Part(new MatchNoDocsQuery("none of nothing"), false);
        }
        List<Part> parts = new ArrayList<>();
        queries.forEach(query -> parts.add(translate(query, limits.deeper())));
        return anyOf(parts);
    }

    private Part words(TextQuery.Words words) {
        List<Part> parts = new ArrayList<>();
        for (String word : BLANKS.split(words.text().trim(), -1)) {
            parts.add(inFields(words.fields(), name -> builder.createPhraseQuery(name, word)));
        }
        return words.matching() == Matching.ALL ? allOf(parts) : anyOf(parts);
    }

    /** Returns a part that requires all parts that are not dispensable, or one of them if all are. */
    private static Part allOf(List<Part> parts) {
        List<Part> present = parts.stream().filter(part -> part.query() != null).toList();
        if (present.size() <= 1 || present.stream().allMatch(Part::dispensable)) {
            return anyOf(present);
        }
        BooleanQuery.Builder all = new BooleanQuery.Builder();
        present.forEach(part -> part.addTo(all, part.dispensable() ? Occur.SHOULD : Occur.MUST));
        return new Part(all.build(), false);
    }

    private static Part anyOf(List<Part> parts) {
        List<Part> present = parts.stream().filter(part -> part.query() != null).toList();
        if (present.size() <= 1) {
            return present.isEmpty() ? Part.NOTHING : present.get(0);
        }
        BooleanQuery.Builder any = new BooleanQuery.Builder();
        present.forEach(part -> part.addTo(any, Occur.SHOULD));
        return new Part(any.build(), present.stream().allMatch(Part::dispensable));
    }

    /** Returns a query for words with a prefix and, in fields with stemming, those with the same stem. */
    private @Nullable Query prefix(String name, String prefix) {
        BytesRef start = analyzer.normalize(name, prefix);
        if (start.length == 0) {
            return null;
        }
        if (start.length > PREFIX_BYTES_MAX) {
            throw new InvalidQueryException("A text query has a prefix of " + start.length
                    + " bytes in UTF-8; it may have at most " + PREFIX_BYTES_MAX);
        }
        Query word = builder.createPhraseQuery(name, prefix);
        Query begins = new PrefixQuery(new Term(name, start));
        return word == null ? begins : new DisjunctionMaxQuery(List.of(begins, word), 0);
    }

    private @Nullable Query fuzzy(String name, TextQuery.Fuzzy fuzzy, int similarWords) {
        Query word = builder.createPhraseQuery(name, fuzzy.word());
        return word instanceof TermQuery term
                ? new FuzzyQuery(term.getTerm(), fuzzy.edits(), 0, similarWords, true)
                : word;
    }

    private Part inFields(List<String> paths, InField inField) {
        List<Query> found = new ArrayList<>();
        boolean leftOut = false;
        for (TextField field : fields(paths)) {
            Query query = inField.make(LuceneDocuments.textField(field));
            leftOut |= query == null;
            if (query != null) {
                found.add(field.boost() == 1 ? query : new BoostQuery(query, field.boost()));
            }
        }
        return found.isEmpty()
                ? Part.NOTHING
                : new Part(found.size() == 1 ? found.get(0) : new DisjunctionMaxQuery(found, OTHER_FIELDS), leftOut);
    }

    private List<TextField> fields(List<String> paths) {
        return paths.isEmpty()
                ? definition.fields()
                : paths.stream().map(this::field).toList();
    }

    /** Returns the field of this path. */
    TextField field(String path) {
        return definition
                .find(path)
                .orElseThrow(() -> new InvalidQueryException("The text index " + definition.name()
                        + " has no field \"" + path + "\", only "
                        + definition.fields().stream().map(TextField::path).toList()
                        + "; if it is not meant as a field, put a \\ before the colon"));
    }

    /**
     * The limits of a part.
     *
     * @param depth its nesting depth
     * @param similarWords how many words similar to one of the query are considered, in each field
     */
    private record Limits(int depth, int similarWords) {

        Limits deeper() {
            return new Limits(depth + 1, similarWords);
        }
    }

    /**
     * Counts the parts of a query, as Lucene does; a search for similar words counts as many parts as there are such
     * words.
     */
    private static final class PartCount extends QueryVisitor {

        private int fuzzy;
        private int others;

        @Override
        public QueryVisitor getSubVisitor(Occur occur, Query parent) {
            return this; // Excluded parts count as well.
        }

        @Override
        public void consumeTerms(Query query, Term... terms) {
            others++;
        }

        @Override
        public void consumeTermsMatching(Query query, String field, Supplier<ByteRunAutomaton> automaton) {
            if (query instanceof FuzzyQuery) {
                fuzzy++;
            } else {
                others++;
            }
        }

        @Override
        public void visitLeaf(Query query) {
            others++;
        }
    }

    /** Creates the query for one field. */
    private interface InField {
        @Nullable
        Query make(String name);
    }

    /**
     * A part of a query.
     *
     * @param query the Lucene query; {@code null} if analyzers reduce it to nothing
     * @param dispensable whether the analyzer of one of its fields reduces it to nothing: it then need not be found in
     *     the others, since it may occur in that field
     */
    private record Part(@Nullable Query query, boolean dispensable) {

        static final Part NOTHING = new Part(null, true);

        void addTo(BooleanQuery.Builder builder, Occur occur) {
            if (query != null) {
                builder.add(query, occur);
            }
        }
    }
}
