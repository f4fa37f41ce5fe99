package org.storedb.internal.document;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.storedb.error.IndexConflictException;
import org.storedb.error.LimitExceededException;
import org.storedb.index.IndexDefinition;
import org.storedb.internal.document.CatalogEntry.IndexEntry;
import org.storedb.internal.document.CatalogEntry.Kind;
import org.storedb.internal.index.CountedTree;
import org.storedb.internal.index.Presence;
import org.storedb.internal.log.OperationFormat;
import org.storedb.internal.transaction.CommitPipeline;
import org.storedb.internal.transaction.CommitRequest;
import org.storedb.internal.transaction.RecordWrite;
import org.storedb.internal.transaction.StoreState;

/**
 * Finds and changes the catalog. Changes are separate commits that take effect at once, even when made on behalf of a
 * transaction. A collection or keyspace that is created by its first write need not wait for the medium: the log keeps
 * the order, so whatever relies on it becomes durable only together with it. Safe for use by many threads.
 */
public final class CatalogService {

    /**
     * Maximum number of documents in the last round of an index build, for which writers wait, if writers are slow
     * enough.
     */
    private static final int LAST_ROUND_DOCUMENTS = 200;

    private static final int ROUNDS_MAX = 30;

    private final CommitPipeline pipeline;
    private final Map<Integer, StoredFieldDictionary> dictionaries = new ConcurrentHashMap<>();
    private volatile Catalog latest;

    public CatalogService(CommitPipeline pipeline) {
        this.pipeline = pipeline;
        this.latest = Catalog.read(pipeline.state());
    }

    /** Returns the catalog of a state. */
    public Catalog catalogOf(StoreState state) {
        Catalog cached = latest;
        if (cached.isOf(state)) {
            return cached;
        }
        Catalog read = Catalog.read(state);
        if (read.isOf(pipeline.state())) {
            latest = read;
        }
        return read;
    }

    /**
     * Returns the entry for readers of {@code base}: the one of that state or, if there was none, the latest, all of
     * whose trees are empty in that state.
     */
    public @Nullable CatalogEntry find(StoreState base, Kind kind, String name) {
        CatalogEntry entry = catalogOf(base).find(kind, name);
        return entry == null ? catalogOf(pipeline.state()).find(kind, name) : entry;
    }

    /** Like {@link #find}, but creates the entry if there is none. */
    public CatalogEntry findOrCreate(StoreState base, Kind kind, String name) {
        CatalogEntry entry = find(base, kind, name);
        if (entry == null) {
            commit(state -> create(state, kind, name));
            entry = find(base, kind, name);
        }
        if (entry == null) {
            throw new IllegalStateException("'" + name + "' was created, but is not there");
        }
        return entry;
    }

    /** Returns the names of a collection's fields. */
    public FieldDictionary dictionary(CatalogEntry collection) {
        return dictionaries.computeIfAbsent(
                collection.treeId(), treeId -> StoredFieldDictionary.load(pipeline, treeId));
    }

    /**
     * Adopts the field names of a state that another process committed, before that state becomes visible.
     *
     * @param whole whether it need not continue the previous states
     */
    public void learn(StoreState next, boolean whole) {
        if (whole) {
            dictionaries.clear();
        } else if (latest.isOf(next)) {
            return;
        }
        for (CatalogEntry collection : catalogOf(next).all(Kind.COLLECTION)) {
            dictionaries.compute(collection.treeId(), (treeId, known) -> {
                if (known == null) {
                    return StoredFieldDictionary.load(pipeline, next, treeId);
                }
                known.learn(next);
                return known;
            });
        }
    }

    /**
     * Adds an index to a collection, which is created if it does not exist. The index is built concurrently with
     * writers, from a snapshot, and brought up to date in rounds; writers wait only for the last round, which is short,
     * and for the commit that activates the index. Until then nothing of it is in the log or visible.
     *
     * @param current supplies the latest state, without what has expired, which does not violate unique indexes
     * @param durable whether to return only when the change is on the medium
     * @param progress reports now and then how many documents have been read; an exception that it throws ends the
     *     build
     * @throws IndexConflictException if another index of that name exists
     * @throws org.storedb.error.UniqueIndexViolationException if it is unique and the documents violate that
     */
    public void createIndex(
            Supplier<StoreState> current,
            String collection,
            IndexDefinition definition,
            int keyBytesMax,
            boolean durable,
            IndexBuilder.Progress progress) {
        CatalogFormat.requireReadable(definition);
        CatalogEntry created = findOrCreate(current.get(), Kind.COLLECTION, collection);
        StoreState start = current.get();
        if (hasIndex(required(start, collection), definition)) {
            return;
        }
        OnlineIndexBuild build =
                new OnlineIndexBuild(start, created, definition, dictionary(created), keyBytesMax, progress);
        long changed = Long.MAX_VALUE;
        for (int round = 0; round < ROUNDS_MAX && changed > LAST_ROUND_DOCUMENTS; round++) {
            changed = build.catchUp(current.get(), progress);
            progress.report(changed, changed);
        }
        commit(state -> {
            CatalogEntry entry = required(state, collection);
            if (hasIndex(entry, definition)) { // Another thread was faster.
                return nothing(state);
            }
            build.catchUp(state, (done, total) -> {}); // No foreign code runs while all writers wait.
            int treeId = nextTreeId(state);
            List<IndexEntry> indexes = new ArrayList<>(entry.indexes());
            indexes.add(new IndexEntry(definition, treeId));
            return request(
                    state,
                    List.of(
                            put(entry.key(), CatalogFormat.encodeEntry(entry.treeId(), indexes)),
                            put(CatalogFormat.NEXT_TREE_KEY, CatalogFormat.encodeTreeId(treeId + 1))),
                    Map.of(treeId, build.tree()),
                    durable);
        });
    }

    /**
     * Removes an index.
     *
     * @param durable whether to return only when the change is on the medium
     * @return whether the index existed
     */
    public boolean dropIndex(String collection, String indexName, boolean durable) {
        boolean[] found = {false};
        commit(state -> {
            CatalogEntry entry = catalogOf(state).find(Kind.COLLECTION, collection);
            found[0] = entry != null
                    && entry.indexes().stream()
                            .anyMatch(index -> index.definition().name().equals(indexName));
            if (entry == null || !found[0]) {
                return nothing(state);
            }
            Map<Integer, CountedTree<Presence>> emptied = new ConcurrentHashMap<>();
            List<IndexEntry> kept = new ArrayList<>();
            for (IndexEntry index : entry.indexes()) {
                if (index.definition().name().equals(indexName)) {
                    emptied.put(index.treeId(), CountedTree.empty(Presence.LAYOUT));
                } else {
                    kept.add(index);
                }
            }
            return request(
                    state,
                    List.of(put(entry.key(), CatalogFormat.encodeEntry(entry.treeId(), kept))),
                    emptied,
                    durable);
        });
        return found[0];
    }

    /** Returns when the documents of a tree expire, according to the latest catalog. */
    public ExpiryRule expiryRule(int treeId) {
        return catalogOf(pipeline.state()).expiryRule(treeId);
    }

    /**
     * Sets when the documents of a collection expire that are written from now on. The collection is created if it does
     * not exist.
     *
     * @param durable whether to return only when the change is on the medium
     */
    public void setExpiryRule(String collection, ExpiryRule rule, boolean durable) {
        findOrCreate(pipeline.state(), Kind.COLLECTION, collection);
        commit(state -> {
            int treeId = required(state, collection).treeId();
            if (catalogOf(state).expiryRule(treeId).equals(rule)) {
                return nothing(state);
            }
            return request(state, List.of(put(ExpiryRule.key(treeId), rule.encode())), Map.of(), durable);
        });
    }

    private CommitRequest create(StoreState state, Kind kind, String name) {
        if (catalogOf(state).find(kind, name) != null) {
            return nothing(state); // Another thread was faster.
        }
        int treeId = nextTreeId(state);
        return request(
                state,
                List.of(
                        put(CatalogFormat.entryKey(kind, name), CatalogFormat.encodeEntry(treeId, List.of())),
                        put(CatalogFormat.NEXT_TREE_KEY, CatalogFormat.encodeTreeId(treeId + 1))),
                Map.of(),
                false);
    }

    private CatalogEntry required(StoreState state, String collection) {
        CatalogEntry entry = catalogOf(state).find(Kind.COLLECTION, collection);
        if (entry == null) {
            throw new IllegalStateException("'" + collection + "' was created, but is not there");
        }
        return entry;
    }

    /**
     * Returns whether a collection has an index.
     *
     * @throws IndexConflictException if it has another index of the same name
     */
    private static boolean hasIndex(CatalogEntry collection, IndexDefinition wanted) {
        for (IndexEntry index : collection.indexes()) {
            IndexDefinition existing = index.definition();
            if (existing.name().equals(wanted.name())) {
                if (!Arrays.equals(CatalogFormat.encodeDefinition(existing), CatalogFormat.encodeDefinition(wanted))) {
                    throw new IndexConflictException("Collection '" + collection.name() + "' already has an index '"
                            + wanted.name() + "', " + existing.describe() + ", not " + wanted.describe()
                            + "; call replaceIndex, or choose another name");
                }
                return true;
            }
        }
        return false;
    }

    private static int nextTreeId(StoreState state) {
        int treeId = new CatalogRecords(state).nextTreeId();
        if (treeId > OperationFormat.TREE_ID_MAX) { // What is in such a tree could not be read back.
            throw new LimitExceededException(
                    "No more collections, keyspaces and indexes can be created in this store; copy it to a new one");
        }
        return treeId;
    }

    private void commit(Function<StoreState, CommitRequest> change) {
        pipeline.commitExclusively(change).requireCommitted("An exclusive commit");
    }

    private static RecordWrite put(byte[] key, byte[] value) {
        return new RecordWrite(CatalogFormat.TREE_ID, key, value, 0, true);
    }

    private static CommitRequest nothing(StoreState state) {
        return request(state, List.of(), Map.of(), false);
    }

    private static CommitRequest request(
            StoreState state, List<RecordWrite> writes, Map<Integer, CountedTree<Presence>> indexes, boolean durable) {
        return new CommitRequest(state, writes, List.of(), null, List.of(), indexes, durable);
    }
}
