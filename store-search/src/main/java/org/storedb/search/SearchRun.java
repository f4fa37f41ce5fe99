package org.storedb.search;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.storedb.DocumentCollection;
import org.storedb.Snapshot;
import org.storedb.Versioned;
import org.storedb.document.DocumentCodec;
import org.storedb.query.Continuation;
import org.storedb.query.Filter;
import org.storedb.query.PlanStep;
import org.storedb.query.Query;
import org.storedb.query.QueryExplanation;
import org.storedb.search.definition.TextIndexDefinition;
import org.storedb.search.internal.DocumentTextCodec;
import org.storedb.search.internal.DocumentTexts;
import org.storedb.search.internal.FieldAnalyzers;
import org.storedb.search.internal.Generation;
import org.storedb.search.internal.PassageFinder;
import org.storedb.search.internal.QueryTranslator;
import org.storedb.search.internal.TextMatches;
import org.storedb.search.internal.TextMatches.Match;
import org.storedb.search.query.Highlighting;
import org.storedb.search.query.Passage;

/**
 * One search in one generation of the index, which is held meanwhile, and in the documents that the index was built
 * from. The estimates of the store's planner decide whether the text or the filter is evaluated first; the result is
 * the same. Not thread-safe.
 */
final class SearchRun {

    private static final int BATCH_MIN = 64;
    private static final int BATCH_MAX = 10_000;

    /** The maximum number of ids that are passed to the text index. */
    private static final long FILTER_FIRST_MAX = 50_000;

    /**
     * The cost of looking up a document by its id and testing it, in documents read during a scan, like the costs of
     * plans.
     */
    private static final double TEST = 8;

    /** The cost of passing an id to the text index, in the same unit. */
    private static final double HAND_OVER = 2;

    private final TextIndexDefinition definition;
    private final QueryTranslator translator;
    private final FieldAnalyzers analyzer;
    private final Generation generation;
    private final Snapshot snapshot;
    private final @Nullable Snapshot stillThere;
    private final DocumentCollection<Map<String, @Nullable Object>> documents;

    /**
     * Creates a search.
     *
     * @param snapshot the documents that the index was built from
     * @param stillThere a later state, in which documents must still exist; {@code null} if there is none
     */
    SearchRun(
            TextIndexDefinition definition,
            QueryTranslator translator,
            FieldAnalyzers analyzer,
            Generation generation,
            Snapshot snapshot,
            @Nullable Snapshot stillThere) {
        this.definition = definition;
        this.translator = translator;
        this.analyzer = analyzer;
        this.generation = generation;
        this.snapshot = snapshot;
        this.stillThere = stillThere;
        this.documents = snapshot.collection(definition.collection());
    }

    /** Returns how many documents match. */
    long count(TextSearch search) throws IOException {
        documents.explain(Query.where(search.filter()).sort(search.sort())); // Rejects searches that make no sense.
        return count(plan(search, new TextMatches(generation, translator.translate(search.query()))));
    }

    /** Finds documents. */
    <T> TextResults<T> find(TextSearch search, LocalTextIndex.Documents<T> form) throws IOException {
        DocumentCollection<T> collection = form.in(snapshot);
        collection.explain(Query.where(search.filter()).sort(search.sort())); // Rejects searches that make no sense.
        org.apache.lucene.search.Query query = translator.translate(search.query());
        PassageFinder passages = passageFinder(search.highlighting(), query);
        Plan plan = plan(search, new TextMatches(generation, query));
        List<Found> page = search.sort().isUnsorted() ? best(search, plan) : sorted(search, plan);
        List<TextHit<T>> hits = new ArrayList<>(page.size());
        for (Found found : page) {
            Optional<Versioned<T>> document = collection.getVersioned(found.id());
            if (document.isPresent()) {
                Versioned<T> there = document.get();
                hits.add(new TextHit<>(
                        there.id(), there.revision(), found.score(), there.document(), passages(passages, found.id())));
            }
        }
        OptionalLong total = search.total() ? OptionalLong.of(count(plan)) : OptionalLong.empty();
        return new TextResults<>(hits, total, generation.sequence(), plan.description());
    }

    /**
     * Decides whether to evaluate the filter first, and pass its documents to the text index, or the other way round.
     */
    private Plan plan(TextSearch search, TextMatches matches) throws IOException {
        int found = matches.count();
        if (isAll(search.filter())) {
            return new Plan(matches, found, search.filter(), "text alone: " + found + " matches in the index");
        }
        QueryExplanation filter = documents.explain(Query.where(search.filter()));
        long filtered = filter.plan().estimatedRows();
        double share = (double) Math.max(1, filtered) / Math.max(1, documents.count());
        boolean needsAll = search.total() || !search.sort().isUnsorted();
        double tested = needsAll ? found : Math.min(found, ((double) search.offset() + search.limit()) / share);
        boolean filterFirst =
                filtered <= FILTER_FIRST_MAX && filter.estimatedCost() + filtered * HAND_OVER < tested * TEST;
        if (!filterFirst) {
            return new Plan(
                    matches, found, search.filter(), "text first: " + found + " matches in the index, then the filter");
        }
        Set<Object> ids = idsWhere(search.filter());
        TextMatches among = matches.among(ids);
        String description = "filter first: " + ids.size() + " documents, then the text index";
        return new Plan(among, among.count(), Filter.all(), description);
    }

    /** Returns the best matches: they are examined by score, in batches, as far as necessary. */
    private List<Found> best(TextSearch search, Plan plan) throws IOException {
        List<Found> page = new ArrayList<>();
        int left = search.offset();
        int batch = Math.max(BATCH_MIN, (int) Math.min(BATCH_MAX, (long) search.offset() + search.limit()));
        Match last = start(search);
        boolean more = search.limit() > 0;
        while (more) {
            List<Match> matches = plan.matches().best(batch, last);
            Set<Object> accepted = accepted(matches.stream().map(Match::id).toList(), plan.filter());
            for (Match match : matches) {
                if (accepted.contains(match.id()) && --left < 0 && page.size() < search.limit()) {
                    page.add(new Found(match.id(), match.score()));
                }
                last = match;
            }
            more = matches.size() == batch && page.size() < search.limit();
            batch = Math.min(BATCH_MAX, batch * 2);
        }
        return page;
    }

    /** Returns the match that a search continues after; {@code null} if it begins at the start. */
    private static @Nullable Match start(TextSearch search) {
        Continuation position = search.continuation();
        return position != null && position.values().get(0) instanceof Number score
                ? new Match(id(position.id()), score.floatValue())
                : null;
    }

    /** Returns the first matches in the order of a field. */
    private List<Found> sorted(TextSearch search, Plan plan) throws IOException {
        List<Object> page = isOrderCheaper(search, plan) ? inOrder(search, plan) : sortedByStore(search, plan);
        Map<Object, Float> scores = plan.matches().scores(page);
        return page.stream()
                .map(id -> new Found(id, scores.getOrDefault(id, 0f)))
                .toList();
    }

    /**
     * Returns whether the store can provide the order, and scanning in that order is cheaper than sorting all matches.
     */
    private boolean isOrderCheaper(TextSearch search, Plan plan) {
        QueryExplanation order = documents.explain(Query.where(search.filter()).sort(search.sort()));
        if (order.plan().flattened().stream().anyMatch(step -> step.kind() == PlanStep.Kind.SORT)) {
            return false;
        }
        double share = (double) Math.max(1, plan.found()) / Math.max(1, documents.count());
        double walked =
                Math.min((double) order.plan().estimatedRows(), ((double) search.offset() + search.limit()) / share);
        return walked * (TEST + HAND_OVER) < plan.found() * TEST;
    }

    /** Scans in the order of the store, and asks the index which of the documents match. */
    private List<Object> inOrder(TextSearch search, Plan plan) throws IOException {
        Iterator<Object> order = documents
                .findFields(Query.where(search.filter()).sort(search.sort()), DocumentCodec.ID_FIELD)
                .map(row -> id(row.value(DocumentCodec.ID_FIELD)))
                .iterator();
        List<Object> page = new ArrayList<>();
        int left = search.offset();
        for (int size = BATCH_MIN;
                order.hasNext() && page.size() < search.limit();
                size = Math.min(BATCH_MAX, size * 2)) {
            List<Object> batch = new ArrayList<>();
            while (batch.size() < size && order.hasNext()) {
                batch.add(order.next());
            }
            Set<Object> matching =
                    new HashSet<>(stillThere(plan.matches().among(batch).ids()));
            for (Object id : batch) {
                if (matching.contains(id) && --left < 0 && page.size() < search.limit()) {
                    page.add(id);
                }
            }
        }
        return page;
    }

    /** Makes the store sort the documents whose text matches. */
    private List<Object> sortedByStore(TextSearch search, Plan plan) throws IOException {
        List<Object> ids = stillThere(plan.matches().ids());
        Query query = Query.where(withIds(ids, plan.filter()))
                .sort(search.sort())
                .offset(search.offset())
                .limit(search.limit());
        return documents
                .findFields(query, DocumentCodec.ID_FIELD)
                .map(row -> id(row.value(DocumentCodec.ID_FIELD)))
                .toList();
    }

    private long count(Plan plan) throws IOException {
        // If the index has as many documents as the collection, none of them has expired.
        if (isAll(plan.filter()) && stillThere == null && generation.documents() == documents.count()) {
            return plan.matches().count();
        }
        List<Object> ids = plan.matches().ids();
        long count = 0;
        for (int from = 0; from < ids.size(); from += BATCH_MAX) {
            count += accepted(ids.subList(from, Math.min(ids.size(), from + BATCH_MAX)), plan.filter())
                    .size();
        }
        return count;
    }

    /** Returns the ids of those documents that exist and match a filter. */
    private Set<Object> accepted(List<Object> ids, Filter filter) {
        List<Object> there = stillThere(ids);
        if (!isAll(filter)) {
            return idsWhere(withIds(there, filter));
        }
        Set<Object> accepted = new HashSet<>(there);
        accepted.removeIf(id -> !documents.exists(id));
        return accepted;
    }

    private List<Object> stillThere(List<Object> ids) {
        if (stillThere == null) {
            return ids;
        }
        DocumentCollection<?> later = stillThere.collection(definition.collection());
        return ids.stream().filter(later::exists).toList();
    }

    private Set<Object> idsWhere(Filter filter) {
        Set<Object> ids = new HashSet<>();
        documents
                .findFields(Query.where(filter), DocumentCodec.ID_FIELD)
                .forEach(row -> ids.add(id(row.value(DocumentCodec.ID_FIELD))));
        return ids;
    }

    private @Nullable PassageFinder passageFinder(
            @Nullable Highlighting highlighting, org.apache.lucene.search.Query query) {
        return highlighting == null ? null : new PassageFinder(definition, translator, analyzer, highlighting, query);
    }

    private List<Passage> passages(@Nullable PassageFinder finder, Object id) throws IOException {
        if (finder == null) {
            return List.of();
        }
        Optional<DocumentTexts> texts = snapshot.collection(definition.collection(), new DocumentTextCodec(definition))
                .get(id);
        return texts.isPresent() ? finder.find(texts.get()) : List.of();
    }

    private static Filter withIds(Collection<Object> ids, Filter filter) {
        return Filter.in(DocumentCodec.ID_FIELD, ids).and(filter);
    }

    private static boolean isAll(Filter filter) {
        return filter instanceof Filter.And and && and.filters().isEmpty();
    }

    /** Returns an id in the form of collections: a {@code Long} or a {@code String}. */
    private static Object id(@Nullable Object value) {
        if (value instanceof Number number) {
            return number.longValue();
        }
        if (value instanceof String text) {
            return text;
        }
        throw new IllegalStateException("A document has the id " + value);
    }

    /**
     * How a search is executed.
     *
     * @param found how many matches there are in the index
     * @param filter the filter that still has to be tested on the matches
     */
    private record Plan(TextMatches matches, int found, Filter filter, String description) {}

    /** A document that was found. */
    private record Found(Object id, float score) {}
}
