package org.storedb.spring.data.repository.support;

import org.springframework.data.projection.ProjectionFactory;
import org.springframework.data.querydsl.QuerydslPredicateExecutor;
import org.springframework.data.repository.core.RepositoryMetadata;
import org.springframework.data.repository.core.support.RepositoryComposition.RepositoryFragments;
import org.springframework.data.repository.core.support.RepositoryFragment;
import org.storedb.spring.data.core.StoreOperations;

/** Fragments that add Querydsl support to repositories that declare it; loaded only if Querydsl is present. */
final class QuerydslFragments {

    private QuerydslFragments() {}

    static RepositoryFragments of(
            RepositoryMetadata metadata, StoreOperations operations, ProjectionFactory projections) {
        return QuerydslPredicateExecutor.class.isAssignableFrom(metadata.getRepositoryInterface())
                ? executor(metadata.getDomainType(), operations, projections)
                : RepositoryFragments.empty();
    }

    /** Describes what {@link #of} adds, without creating it. */
    static RepositoryFragments describe(RepositoryMetadata metadata) {
        return QuerydslPredicateExecutor.class.isAssignableFrom(metadata.getRepositoryInterface())
                ? RepositoryFragments.of(
                        RepositoryFragment.structural(QuerydslPredicateExecutor.class, QuerydslStoreExecutor.class))
                : RepositoryFragments.empty();
    }

    private static <T> RepositoryFragments executor(
            Class<T> type, StoreOperations operations, ProjectionFactory projections) {
        return RepositoryFragments.of(
                RepositoryFragment.implemented(new QuerydslStoreExecutor<>(type, operations, projections)));
    }
}
