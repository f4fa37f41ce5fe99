package org.storedb.checkpoint;

import java.util.HexFormat;
import java.util.SortedMap;
import java.util.TreeMap;
import org.storedb.Store;
import org.storedb.StoreStats;
import org.storedb.TestStores;
import org.storedb.internal.index.CountedTree;
import org.storedb.internal.index.TreeCursor;
import org.storedb.internal.index.TreeRange;
import org.storedb.internal.log.Segment;
import org.storedb.internal.transaction.StoreState;

/**
 * Everything that the state of a store consists of, as texts that can be compared: each entry of each tree, with the place
 * of its record, and all figures.
 */
final class Picture {

    private Picture() {}

    static SortedMap<String, String> of(Store store) {
        SortedMap<String, String> picture = new TreeMap<>();
        StoreState state = TestStores.state(store);
        picture.put("sequence", String.valueOf(state.sequence()));
        state.records().forEach((treeId, tree) -> add(picture, "records " + treeId, tree));
        state.indexes().forEach((treeId, tree) -> add(picture, "index " + treeId, tree));
        for (Segment segment : state.segments().all()) {
            picture.put("segment " + segment.id(), segment.bytes() + " bytes, " + segment.figures());
        }
        StoreStats stats = store.stats();
        picture.put("live bytes", String.valueOf(stats.log().liveBytes()));
        stats.log()
                .segments()
                .forEach(segment -> picture.put("figures of segment " + segment.id(), segment.toString()));
        stats.keyspaces().forEach(keyspace -> picture.put("keyspace " + keyspace.name(), keyspace.toString()));
        stats.collections()
                .forEach(collection -> picture.put("collection " + collection.name(), collection.toString()));
        return picture;
    }

    private static <V> void add(SortedMap<String, String> picture, String name, CountedTree<V> tree) {
        picture.put(name, tree.size() + " entries");
        TreeCursor<V> cursor = tree.cursor(TreeRange.all());
        while (cursor.next()) {
            byte[] key = cursor.key();
            picture.put(name + " " + HexFormat.of().formatHex(key), String.valueOf(cursor.value()));
            if (tree.rank(key) != tree.size() - cursor.remaining() - 1
                    || !cursor.value().equals(tree.get(key))) {
                picture.put(name + " is broken", HexFormat.of().formatHex(key));
            }
        }
    }
}
