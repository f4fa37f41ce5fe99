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
 * The text indexes of one store that entities declare with {@link TextIndexed}, one for each collection: opened when the
 * application starts, or when they are first needed, and to be closed before the store. Safe for use by many threads.
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
     * The indexes of all entities that are known when the application starts are opened then. Opens nothing yet.
     *
     * @param directory has a directory for each index; {@code null} to keep them in memory, as those of a store that is open
     *     for reading only always are
     * @param analyzers gives the analyzer that {@link TextIndexed#analyzer} names
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
     * The same for a store that has some of the entities only.
     *
     * @param openedAtStart whether the index of a collection is opened when the application starts; the others are when they
     *     are first needed, by a repository or a search
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

    /** An index, and how its fields are called in the entity. */
    record Opened(TextIndex index, EntityText text) {}

    /** Opens indexes of entities that are known, so that they are up to date before anybody searches. */
    @Override
    public void afterSingletonsInstantiated() {
        for (StorePersistentEntity<?> entity : List.copyOf(mappingContext.getPersistentEntities())) {
            if (entity.isAnnotationPresent(Document.class) && openedAtStart.test(entity.getCollectionName())) {
                open(entity.getCollectionName());
            }
        }
    }

    /** The indexes that are open, by the names of their collections. */
    public Map<String, TextIndex> all() {
        Map<String, TextIndex> indexes = new TreeMap<>();
        byCollection.forEach((name, opened) -> indexes.put(name, opened.index()));
        return Collections.unmodifiableMap(indexes);
    }

    /**
     * The index that has the entities of a class.
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
                    "%s has no text to look for: put @TextIndexed on the properties that have"
                            .formatted(type.getSimpleName()));
        }
        return opened;
    }

    /** {@code null} if there is no text. */
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
            throw new IllegalStateException("The text indexes are closed, with the application");
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
