package org.storedb.spring.data.repository.support;

import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.data.repository.core.RepositoryMetadata;
import org.springframework.data.repository.core.support.RepositoryComposition.RepositoryFragments;
import org.springframework.data.repository.core.support.RepositoryFragment;
import org.springframework.util.ClassUtils;
import org.storedb.spring.data.core.StoreOperations;
import org.storedb.spring.data.search.EntityTextSearch;
import org.storedb.spring.data.search.StoreTextSearch;
import org.storedb.spring.data.search.TextSearchExecutor;

/**
 * Fragments that add full-text search to repositories that declare it; used only if the module {@code store-search} is
 * present.
 */
final class TextSearchFragments {

    /** Whether the module is present. */
    static final boolean PRESENT =
            ClassUtils.isPresent("org.storedb.search.TextIndex", TextSearchFragments.class.getClassLoader());

    private TextSearchFragments() {}

    /** Returns the implementation of {@link TextSearchExecutor}. */
    static RepositoryFragments of(
            RepositoryMetadata metadata, StoreOperations operations, @Nullable BeanFactory beans) {
        return isWantedBy(metadata)
                ? RepositoryFragments.of(RepositoryFragment.implemented(
                        new EntityTextSearch<>(search(metadata, operations, beans), metadata.getDomainType())))
                : RepositoryFragments.empty();
    }

    /** Describes what {@link #of} adds, without creating it. */
    static RepositoryFragments describe(RepositoryMetadata metadata) {
        return isWantedBy(metadata)
                ? RepositoryFragments.of(
                        RepositoryFragment.structural(TextSearchExecutor.class, EntityTextSearch.class))
                : RepositoryFragments.empty();
    }

    private static boolean isWantedBy(RepositoryMetadata metadata) {
        return TextSearchExecutor.class.isAssignableFrom(metadata.getRepositoryInterface());
    }

    private static StoreTextSearch search(
            RepositoryMetadata metadata, StoreOperations operations, @Nullable BeanFactory beans) {
        if (beans != null) {
            for (StoreTextSearch search :
                    beans.getBeanProvider(StoreTextSearch.class).stream().toList()) {
                if (search.isOf(operations)) {
                    return search;
                }
            }
        }
        throw new IllegalStateException(
                "%s searches for text, but there is no bean of the type StoreTextSearch over its store"
                        .formatted(metadata.getRepositoryInterface().getName()));
    }
}
