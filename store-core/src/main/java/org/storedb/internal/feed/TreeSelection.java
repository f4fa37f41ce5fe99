package org.storedb.internal.feed;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.storedb.feed.ChangeRequest;
import org.storedb.internal.document.Catalog;
import org.storedb.internal.document.CatalogEntry;
import org.storedb.internal.document.CatalogEntry.Kind;
import org.storedb.internal.document.CatalogService;
import org.storedb.internal.document.EncodedValue;
import org.storedb.internal.document.FieldDictionary;
import org.storedb.internal.query.FilterMatcher;
import org.storedb.internal.transaction.CommitPipeline;
import org.storedb.query.Filter;

/** The trees that a request selects. The store's internal ones are never among them. For one thread. */
final class TreeSelection {

    private final CommitPipeline pipeline;
    private final CatalogService catalogs;
    private final ChangeRequest request;
    private final Map<Integer, SelectedTree> selected = new HashMap<>();
    private @Nullable Catalog known;
    private int treeIdsKnown;

    TreeSelection(CommitPipeline pipeline, CatalogService catalogs, ChangeRequest request) {
        this.pipeline = pipeline;
        this.catalogs = catalogs;
        this.request = request;
    }

    /** Returns the tree with this id, or {@code null} if it is not requested. */
    @Nullable
    SelectedTree find(int treeId) {
        if (treeId >= treeIdsKnown) {
            learn(); // A collection is in the catalog before it has any content.
        }
        return selected.get(treeId);
    }

    private void learn() {
        Catalog latest = catalogs.catalogOf(pipeline.state());
        if (latest == known) {
            return;
        }
        int treeIds = treeIdsKnown;
        for (Kind kind : Kind.values()) {
            for (CatalogEntry entry : latest.all(kind)) {
                treeIds = Math.max(treeIds, entry.treeId() + 1);
                if (isSelected(entry)) {
                    selected.computeIfAbsent(entry.treeId(), treeId -> select(entry));
                }
            }
        }
        known = latest; // Only now: it is retried after a failure.
        treeIdsKnown = treeIds;
    }

    private boolean isSelected(CatalogEntry entry) {
        Set<String> collections = request.collections();
        Set<String> keyspaces = request.keyspaces();
        if (entry.isInternal()) {
            return false;
        }
        if (collections == null && keyspaces == null) {
            return true;
        }
        Set<String> names = entry.kind() == Kind.COLLECTION ? collections : keyspaces;
        return names != null && names.contains(entry.name());
    }

    private SelectedTree select(CatalogEntry entry) {
        if (entry.kind() == Kind.KEYSPACE) {
            return new SelectedTree(entry.name(), null, null);
        }
        FieldDictionary dictionary = catalogs.dictionary(entry);
        Filter filter = request.filter();
        Predicate<EncodedValue> matcher = filter == null ? null : FilterMatcher.compile(filter, dictionary);
        return new SelectedTree(entry.name(), dictionary, matcher);
    }
}
