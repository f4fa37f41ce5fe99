package org.storedb;

import java.util.Iterator;
import java.util.Map;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.function.LongSupplier;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;
import org.storedb.internal.query.FoundDocument;
import org.storedb.internal.query.PlanExecutor;
import org.storedb.internal.query.QueryValidator;
import org.storedb.query.Query;
import org.storedb.query.QueryExplanation;
import org.storedb.query.text.QueryKind;

/** Checks and runs queries over one collection as one reader sees it, or over one that was never written. */
final class CollectionQueries {

    private final String collection;
    private final QueryValidator validator;
    private final @Nullable PlanExecutor executor;

    /**
     * Queries of a collection.
     *
     * @param executor {@code null} for a collection that was never written
     */
    CollectionQueries(String collection, QueryValidator validator, @Nullable PlanExecutor executor) {
        this.collection = collection;
        this.validator = validator;
        this.executor = executor;
    }

    Stream<FoundDocument> find(Query query) {
        validator.validate(query);
        if (executor == null) {
            return Stream.empty();
        }
        Iterator<FoundDocument> found = executor.find(query);
        int characteristics = Spliterator.ORDERED | Spliterator.NONNULL | Spliterator.DISTINCT;
        return StreamSupport.stream(Spliterators.spliteratorUnknownSize(found, characteristics), false);
    }

    long count(Query query) {
        validator.validate(query);
        return executor == null ? 0 : executor.count(query);
    }

    boolean exists(Query query) {
        validator.validate(query);
        return executor != null && executor.exists(query);
    }

    /** How a query of a kind, find or count, is answered. */
    QueryExplanation explain(QueryKind kind, Query query) {
        validator.validate(query);
        return executor == null ? PlanExecutor.explainNothing(kind, collection, query) : executor.explain(kind, query);
    }

    /** Runs a query of a kind, find or count, and says what that took. */
    QueryExplanation profile(QueryKind kind, Query query, LongSupplier nanoTicker) {
        validator.validate(query);
        return executor == null
                ? PlanExecutor.profileNothing(kind, collection, query)
                : executor.profile(kind, query, nanoTicker);
    }

    Map<@Nullable Object, Long> countBy(String field) {
        validator.validateField(field);
        return executor == null ? Map.of() : executor.countBy(field);
    }
}
