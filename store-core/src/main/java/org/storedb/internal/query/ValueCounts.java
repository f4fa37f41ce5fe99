package org.storedb.internal.query;

import java.util.Arrays;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.storedb.document.IndexDefinition.Part;
import org.storedb.internal.document.CatalogEntry.IndexEntry;
import org.storedb.internal.document.FieldReader;
import org.storedb.internal.document.IndexKeys;
import org.storedb.internal.document.KeyDecoder;
import org.storedb.internal.document.KeyEncoder;
import org.storedb.internal.index.CountedTree;
import org.storedb.internal.index.Presence;
import org.storedb.internal.index.TreeCursor;
import org.storedb.internal.index.TreeRange;

/**
 * Counts documents by the value of a field. An index that begins with the field answers by jumping from one value to the
 * next; else all documents are read.
 */
final class ValueCounts {

    private final CollectionView collection;
    private final PlanExecutor executor;

    ValueCounts(CollectionView collection, PlanExecutor executor) {
        this.collection = collection;
        this.executor = executor;
    }

    /** The counts in the order of the values; null, which missing values count as, comes first. */
    Map<@Nullable Object, Long> of(String field) {
        for (IndexEntry index : collection.indexes()) {
            if (index.definition().hasOneEntryPerDocument()
                    && index.definition().parts().get(0).equals(Part.on(field))) {
                return fromIndex(index);
            }
        }
        return fromDocuments(field);
    }

    private Map<@Nullable Object, Long> fromIndex(IndexEntry index) {
        collection.view().noteRangeRead(index.treeId(), TreeRange.all());
        CountedTree<Presence> tree = collection.view().index(index.treeId());
        Map<@Nullable Object, Long> counts = new LinkedHashMap<>();
        TreeCursor<Presence> cursor = tree.cursor(TreeRange.all());
        while (cursor.next()) {
            byte[] key = cursor.key();
            byte[] value = Arrays.copyOf(key, IndexKeys.idPosition(key, 1));
            TreeRange sameValue = TreeRange.prefix(value);
            counts.put(KeyDecoder.decode(value), tree.count(sameValue));
            cursor = tree.cursor(new TreeRange(sameValue.to(), null));
        }
        return counts;
    }

    private Map<@Nullable Object, Long> fromDocuments(String field) {
        FieldReader reader = FieldReader.of(field, collection.dictionary());
        TreeMap<byte[], Long> counts = new TreeMap<>(Arrays::compareUnsigned);
        for (Iterator<FoundDocument> all = executor.everything(); all.hasNext(); ) {
            counts.merge(KeyEncoder.encode(reader.read(all.next().document())), 1L, Long::sum);
        }
        Map<@Nullable Object, Long> decoded = new LinkedHashMap<>();
        counts.forEach((value, count) -> decoded.put(KeyDecoder.decode(value), count));
        return decoded;
    }
}
