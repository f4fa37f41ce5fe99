package org.storedb.search.internal;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.lucene.index.DocValues;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.SortedDocValues;
import org.apache.lucene.search.BooleanClause.Occur;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.CollectorManager;
import org.apache.lucene.search.FieldDoc;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.search.ScoreMode;
import org.apache.lucene.search.SimpleCollector;
import org.apache.lucene.search.Sort;
import org.apache.lucene.search.SortField;
import org.apache.lucene.search.TermInSetQuery;
import org.apache.lucene.util.BytesRef;
import org.jspecify.annotations.Nullable;

/** The matches of a query in one generation of an index, which must be held meanwhile. Not thread-safe. */
public final class TextMatches {

    /** By score; those with the same score by id, so that the order does not depend on when documents were written. */
    private static final Sort BEST_FIRST =
            new Sort(SortField.FIELD_SCORE, new SortField(LuceneDocuments.ID, SortField.Type.STRING));

    private final IndexSearcher searcher;
    private final Query query;

    public TextMatches(Generation generation, Query query) {
        this(generation.searcher(), query);
    }

    private TextMatches(IndexSearcher searcher, Query query) {
        this.searcher = searcher;
        this.query = query;
    }

    /** Returns the matches that have one of these ids. */
    public TextMatches among(Collection<?> ids) {
        List<BytesRef> keys = new ArrayList<>();
        ids.forEach(id -> keys.add(LuceneDocuments.key(id)));
        Query among = new BooleanQuery.Builder()
                .add(query, Occur.MUST)
                .add(new TermInSetQuery(LuceneDocuments.ID, keys), Occur.FILTER)
                .build();
        return new TextMatches(searcher, among);
    }

    /** Returns the number of matches. */
    public int count() throws IOException {
        return searcher.count(query);
    }

    /** Returns the best matches after another one, best first; from the start if that is {@code null}. */
    public List<Match> best(int most, @Nullable Match after) throws IOException {
        int documents = Math.max(1, searcher.getIndexReader().maxDoc());
        ScoreDoc[] found = searcher.searchAfter(
                        position(after, documents), query, Math.min(most, documents), BEST_FIRST)
                .scoreDocs;
        List<Match> matches = new ArrayList<>(found.length);
        for (ScoreDoc each : found) {
            Object[] fields = ((FieldDoc) each).fields;
            matches.add(new Match(LuceneDocuments.id((BytesRef) fields[1]), (Float) fields[0]));
        }
        return matches;
    }

    /** Returns the position of a match. Its number in the index does not matter: no other match has its id. */
    private static @Nullable FieldDoc position(@Nullable Match match, int documents) {
        return match == null
                ? null
                : new FieldDoc(
                        documents - 1, match.score(), new Object[] {match.score(), LuceneDocuments.key(match.id())});
    }

    /** Returns the ids of all matches, in no particular order. */
    public List<Object> ids() throws IOException {
        return searcher.search(query, new IdCollectors());
    }

    /** Returns the scores of some of the matches, by id. */
    public Map<Object, Float> scores(Collection<?> ids) throws IOException {
        Map<Object, Float> scores = new HashMap<>();
        if (!ids.isEmpty()) {
            among(ids).best(ids.size(), null).forEach(match -> scores.put(match.id(), match.score()));
        }
        return scores;
    }

    /** A document that was found. */
    public record Match(Object id, float score) {}

    private static final class IdCollectors implements CollectorManager<IdCollector, List<Object>> {

        @Override
        public IdCollector newCollector() {
            return new IdCollector();
        }

        @Override
        public List<Object> reduce(Collection<IdCollector> collectors) {
            List<Object> ids = new ArrayList<>();
            collectors.forEach(collector -> ids.addAll(collector.ids));
            return ids;
        }
    }

    private static final class IdCollector extends SimpleCollector {

        private final List<Object> ids = new ArrayList<>();
        private @Nullable SortedDocValues keys;

        @Override
        protected void doSetNextReader(LeafReaderContext context) throws IOException {
            keys = DocValues.getSorted(context.reader(), LuceneDocuments.ID);
        }

        @Override
        public void collect(int doc) throws IOException {
            SortedDocValues values = keys;
            if (values != null && values.advanceExact(doc)) {
                ids.add(LuceneDocuments.id(values.lookupOrd(values.ordValue())));
            }
        }

        @Override
        public ScoreMode scoreMode() {
            return ScoreMode.COMPLETE_NO_SCORES;
        }
    }
}
