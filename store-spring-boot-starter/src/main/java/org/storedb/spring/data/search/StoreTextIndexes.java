package org.storedb.spring.data.search;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.dao.InvalidDataAccessApiUsageException;
import org.storedb.Store;
import org.storedb.search.TextIndex;
import org.storedb.search.TextIndexOptions;
import org.storedb.search.definition.TextAnalyzer;
import org.storedb.spring.data.core.mapping.Document;
import org.storedb.spring.data.core.mapping.StoreMappingContext;
import org.storedb.spring.data.core.mapping.StorePersistentEntity;

/**
 * The text indexes of one store that entities declare with {@link TextIndexed}, one for each collection: opened when
 * the application starts, or on first use, and to be closed before the store. Safe for use by multiple threads.
 */
public final class StoreTextIndexes implements SmartInitializingSingleton, AutoCloseable {

    private final Store store;
    private final StoreMappingContext mappingContext;
    private final @Nullable Path directory;
    private final TextIndexOptions options;
    private final Function<String, TextAnalyzer> analyzers;
    private final Predicate<String> openedAtStart;
    private final Map<String, Opened> byCollection = new ConcurrentHashMap<>();
    private boolean closed;

    /**
     * Creates indexes for all entities known when the application starts, which is when they are opened.
     *
     * @param directory the directory with a subdirectory for each index; {@code null} to keep them in memory, where
     *     those of a read-only store always are
     * @param analyzers returns the analyzer that {@link TextIndexed#analyzer} names
     */
    public StoreTextIndexes(
            Store store,
            StoreMappingContext mappingContext,
            @Nullable Path directory,
            TextIndexOptions options,
            Function<String, TextAnalyzer> analyzers) {
        this(store, mappingContext, directory, options, analyzers, collection -> true);
    }

    /**
     * Creates indexes for a store that has only some of the entities.
     *
     * @param openedAtStart whether the index of a collection is opened when the application starts; others are opened
     *     when a repository or a search first needs them
     */
    public StoreTextIndexes(
            Store store,
            StoreMappingContext mappingContext,
            @Nullable Path directory,
            TextIndexOptions options,
            Function<String, TextAnalyzer> analyzers,
            Predicate<String> openedAtStart) {
        this.store = store;
        this.mappingContext = mappingContext;
        this.directory = store.isReadOnly() ? null : directory;
        this.options = options;
        this.analyzers = analyzers;
        this.openedAtStart = openedAtStart;
    }

    /** An index, and the properties of its fields. */
    record Opened(TextIndex index, EntityText text) {}

    /** Opens indexes of known entities, so that they are up to date before the first search. */
    @Override
    public void afterSingletonsInstantiated() {
        for (StorePersistentEntity<?> entity : List.copyOf(mappingContext.getPersistentEntities())) {
            if (entity.isAnnotationPresent(Document.class) && openedAtStart.test(entity.getCollectionName())) {
                open(entity.getCollectionName());
            }
        }
    }

    /** Returns the open indexes, by the names of their collections. */
    public Map<String, TextIndex> all() {
        Map<String, TextIndex> indexes = new TreeMap<>();
        byCollection.forEach((name, opened) -> indexes.put(name, opened.index()));
        return Collections.unmodifiableMap(indexes);
    }

    /**
     * Returns the index of the entities of a class, opening it if necessary.
     *
     * @throws InvalidDataAccessApiUsageException if they have no text
     */
    Opened of(Class<?> type) {
        String collection = mappingContext.getRequiredPersistentEntity(type).getCollectionName();
        Opened opened = byCollection.get(collection);
        if (opened == null) {
            opened = open(collection);
        }
        if (opened == null) {
            throw new InvalidDataAccessApiUsageException(
                    "%s has no text to search: put @TextIndexed on the properties to be searched"
                            .formatted(type.getSimpleName()));
        }
        return opened;
    }

    /** Opens the index of a collection; returns {@code null} if it has no text. */
    private synchronized @Nullable Opened open(String collection) {
        Opened known = byCollection.get(collection);
        if (known != null) {
            return known;
        }
        EntityText text = EntityText.of(collection, mappingContext, analyzers);
        if (text.fields().isEmpty()) {
            return null;
        }
        if (closed) {
            throw new IllegalStateException("The text indexes are closed, like the application");
        }
        TextIndex index = directory == null
                ? TextIndex.inMemory(store, text.definition(), options)
                : TextIndex.open(store, text.definition(), directory.resolve(collection), options);
        Opened opened = new Opened(index, text);
        byCollection.put(collection, opened);
        return opened;
    }

    /** Commits and closes all indexes; searches fail from then on. */
    @Override
    public synchronized void close() {
        closed = true;
        List<RuntimeException> failures = new ArrayList<>();
        for (Opened opened : byCollection.values()) {
            try {
                opened.index().close();
            } catch (RuntimeException e) {
                failures.add(e);
            }
        }
        if (!failures.isEmpty()) {
            RuntimeException first = failures.get(0);
            failures.subList(1, failures.size()).forEach(first::addSuppressed);
            throw first;
        }
    }
}
