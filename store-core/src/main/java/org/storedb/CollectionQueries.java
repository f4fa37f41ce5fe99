package org.storedb;

import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;
import org.storedb.error.InvalidQueryException;
import org.storedb.internal.query.FoundDocument;
import org.storedb.internal.query.PlanExecutor;
import org.storedb.internal.query.QueryValidator;
import org.storedb.internal.query.RowQueries;
import org.storedb.query.Aggregation;
import org.storedb.query.Page;
import org.storedb.query.Query;
import org.storedb.query.QueryExplanation;
import org.storedb.query.Row;
import org.storedb.query.text.QueryKind;

/** Validates and runs queries on one collection as one reader sees it, or on one that was never written. */
final class CollectionQueries {

    private final String collection;
    private final QueryValidator validator;
    private final @Nullable PlanExecutor executor;

    /**
     * Creates the queries of a collection.
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

    Stream<Row> findFields(Query query, List<String> fields) {
        validator.validate(query);
        fields.forEach(validator::validateField);
        if (fields.isEmpty()) {
            throw new InvalidQueryException("The query selects no field");
        }
        if (executor == null) {
            return Stream.empty();
        }
        Iterator<Row> rows = executor.rows().fields(query, fields);
        int characteristics = Spliterator.ORDERED | Spliterator.NONNULL;
        return StreamSupport.stream(Spliterators.spliteratorUnknownSize(rows, characteristics), false);
    }

    List<@Nullable Object> distinct(String field, Query query) {
        validator.validate(query);
        validator.validateField(field);
        return executor == null ? List.of() : executor.rows().distinct(field, query);
    }

    List<Row> aggregate(Aggregation aggregation) {
        validator.validate(aggregation);
        return executor == null
                ? RowQueries.aggregateNothing(aggregation)
                : executor.rows().aggregate(aggregation);
    }

    <T> Page<T> page(Query query, Function<FoundDocument, T> read) {
        validator.validate(query);
        if (executor == null) {
            return new Page<>(List.of(), null, null, false);
        }
        Page<FoundDocument> found = executor.page(query);
        return new Page<>(found.documents().stream().map(read).toList(), found.first(), found.last(), found.hasMore());
    }

    long count(Query query) {
        validator.validate(query);
        return executor == null ? 0 : executor.count(query);
    }

    boolean exists(Query query) {
        validator.validate(query);
        return executor != null && executor.exists(query);
    }

    /** Returns how a query of this kind, find or count, is answered. */
    QueryExplanation explain(QueryKind kind, Query query) {
        validator.validate(query);
        return executor == null ? PlanExecutor.explainNothing(kind, collection, query) : executor.explain(kind, query);
    }

    /** Runs a query of this kind, find or count, and reports how long its steps took. */
    QueryExplanation profile(QueryKind kind, Query query, LongSupplier nanoTicker) {
        validator.validate(query);
        return executor == null
                ? PlanExecutor.profileNothing(kind, collection, query)
                : executor.profile(kind, query, nanoTicker);
    }

    /** Returns how an aggregation is answered. */
    QueryExplanation explain(Aggregation aggregation) {
        validator.validate(aggregation);
        return executor == null
                ? RowQueries.explainNothing(collection, aggregation)
                : executor.rows().explain(aggregation);
    }

    /** Runs an aggregation, and reports how long its steps took. */
    QueryExplanation profile(Aggregation aggregation, LongSupplier nanoTicker) {
        validator.validate(aggregation);
        return executor == null
                ? RowQueries.profileNothing(collection, aggregation)
                : executor.rows().profile(aggregation, nanoTicker);
    }

    Map<@Nullable Object, Long> countBy(String field) {
        validator.validateField(field);
        return executor == null ? Map.of() : executor.countBy(field);
    }
}
