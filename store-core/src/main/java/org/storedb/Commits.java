package org.storedb;

import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.function.Supplier;
import org.storedb.error.TransactionConflictException;
import org.storedb.error.UniqueIndexViolationException;
import org.storedb.internal.document.CatalogEntry;
import org.storedb.internal.document.CatalogEntry.Kind;
import org.storedb.internal.document.CatalogService;
import org.storedb.internal.document.CollectionEngine;
import org.storedb.internal.transaction.CommitOutcome;
import org.storedb.internal.transaction.CommitPipeline;
import org.storedb.internal.transaction.CommitRequest;
import org.storedb.internal.transaction.StoreState;

/** The commits of an open store: counts their outcomes, and explains those that fail. Safe for use by many threads. */
final class Commits {

    private final CommitPipeline pipeline;
    private final CatalogService catalog;
    private final TransactionCounters counters;

    Commits(CommitPipeline pipeline, CatalogService catalog, TransactionCounters counters) {
        this.pipeline = pipeline;
        this.catalog = catalog;
        this.counters = counters;
    }

    /**
     * Commits a request.
     *
     * @throws UniqueIndexViolationException if it violates a unique index
     */
    CommitOutcome commit(CommitRequest request) {
        return counted(() -> requireUnique(request, pipeline.commit(request)));
    }

    /** Like {@link #commit}, for what {@code work} makes of the latest state, with no other commit in between. */
    CommitOutcome commitExclusively(Function<StoreState, CommitRequest> work) {
        AtomicReference<CommitRequest> made = new AtomicReference<>();
        return counted(() -> {
            CommitOutcome outcome = pipeline.commitExclusively(state -> {
                CommitRequest request = work.apply(state);
                made.set(request);
                return request;
            });
            return requireUnique(Objects.requireNonNull(made.get()), outcome);
        });
    }

    private CommitOutcome counted(Supplier<CommitOutcome> commit) {
        CommitOutcome outcome;
        try {
            outcome = commit.get();
        } catch (RuntimeException | Error e) {
            counters.rolledBack.increment();
            throw e;
        }
        if (outcome instanceof CommitOutcome.Committed) {
            counters.committed.increment();
        } else {
            counters.rolledBack.increment();
        }
        if (outcome instanceof CommitOutcome.Conflict) {
            counters.conflicted.increment();
        }
        return outcome;
    }

    /**
     * Throws if a unique index was violated. If the index was both created and dropped since the request began, this is
     * a conflict.
     */
    CommitOutcome requireUnique(CommitRequest request, CommitOutcome outcome) {
        if (!(outcome instanceof CommitOutcome.NotUnique notUnique)) {
            return outcome;
        }
        for (StoreState state : List.of(request.base(), pipeline.state())) {
            for (CatalogEntry collection : catalog.catalogOf(state).all(Kind.COLLECTION)) {
                UniqueIndexViolationException violation = CollectionEngine.violation(collection, notUnique);
                if (violation != null) {
                    throw violation;
                }
            }
        }
        return new CommitOutcome.Conflict(notUnique.indexTreeId());
    }

    /** Returns the exception that reports a conflict. */
    TransactionConflictException exceptionOf(CommitOutcome.Conflict conflict) {
        String where = catalog.catalogOf(pipeline.state()).nameOf(conflict.treeId());
        return new TransactionConflictException("Another transaction has changed data that this one depends on, in "
                + where + "; nothing was written, run the transaction again (inTransaction does so by itself)");
    }
}
