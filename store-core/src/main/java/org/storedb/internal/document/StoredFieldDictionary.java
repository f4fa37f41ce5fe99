package org.storedb.internal.document;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.storedb.document.FieldNames;
import org.storedb.internal.index.TreeRange;
import org.storedb.internal.transaction.CommitPipeline;
import org.storedb.internal.transaction.CommitRequest;
import org.storedb.internal.transaction.RecordWrite;
import org.storedb.internal.transaction.StoreState;

/**
 * The field names of one collection, kept in the catalog. Names are only ever added, so every state can be read with
 * the latest dictionary. A new name is in the log before any document that uses its id. Safe for use by many threads;
 * {@code this} guards adding.
 */
final class StoredFieldDictionary implements FieldDictionary {

    /** Documents whose field names are data (dates, ids) must not make the dictionary grow without bound. */
    static final int NAMES_MAX = 4096;

    private final CommitPipeline pipeline;
    private final int treeId;
    private final Map<String, Integer> ids = new ConcurrentHashMap<>();
    private final List<String> names = new CopyOnWriteArrayList<>();
    private final Map<FieldNames, KnownIds> idsTogether = new ConcurrentHashMap<>();

    private StoredFieldDictionary(CommitPipeline pipeline, int treeId) {
        this.pipeline = pipeline;
        this.treeId = treeId;
    }

    static StoredFieldDictionary load(CommitPipeline pipeline, int treeId) {
        return load(pipeline, pipeline.state(), treeId);
    }

    /** Returns the dictionary as of {@code state}. */
    static StoredFieldDictionary load(CommitPipeline pipeline, StoreState state, int treeId) {
        StoredFieldDictionary dictionary = new StoredFieldDictionary(pipeline, treeId);
        dictionary.learn(state);
        return dictionary;
    }

    /** Adds the names that a later state has in addition. */
    synchronized void learn(StoreState state) {
        TreeRange all = TreeRange.prefix(CatalogFormat.fieldKeyPrefix(treeId));
        if (state.records().get(CatalogFormat.TREE_ID).count(all) > names.size()) {
            new CatalogRecords(state).fieldNames(treeId, names.size()).forEach(this::remember);
        }
    }

    @Override
    public int idOf(String name) {
        Integer id = ids.get(name);
        return id == null ? add(name) : id;
    }

    @Override
    public int find(String name) {
        return ids.getOrDefault(name, UNKNOWN);
    }

    @Override
    public FieldIds idsOf(FieldNames together) {
        KnownIds known = idsTogether.get(together);
        if (known == null || (!known.ids().isComplete() && known.names() != names.size())) {
            int before = names.size();
            known = new KnownIds(FieldIds.of(together, this), before);
            idsTogether.put(together, known);
        }
        return known.ids();
    }

    @Override
    public String nameOf(int id) {
        if (id < 0 || id >= names.size()) {
            throw new MalformedDocumentException("There is no field name with id " + id);
        }
        return names.get(id);
    }

    private synchronized int add(String name) {
        Integer existing = ids.get(name);
        if (existing != null) {
            return existing;
        }
        if (names.size() >= NAMES_MAX) {
            return UNKNOWN;
        }
        int id = names.size();
        RecordWrite write = new RecordWrite(
                CatalogFormat.TREE_ID,
                CatalogFormat.fieldKey(treeId, id),
                name.getBytes(StandardCharsets.UTF_8),
                0,
                true);
        pipeline.commit(CommitRequest.ofWrites(pipeline.state(), List.of(write), false))
                .requireCommitted("A new field name");
        remember(name);
        return id;
    }

    private void remember(String name) {
        names.add(name);
        ids.put(name, names.size() - 1);
    }

    /** Ids that belong together, as of when there were this many names. */
    private record KnownIds(FieldIds ids, int names) {}
}
