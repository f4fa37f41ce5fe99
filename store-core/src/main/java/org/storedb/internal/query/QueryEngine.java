package org.storedb.internal.query;

import java.util.*;
import java.util.function.*;
import java.util.stream.*;
import org.jspecify.annotations.Nullable;
import org.storedb.document.FieldType;
import org.storedb.internal.document.*;
import org.storedb.internal.index.*;
import org.storedb.internal.transaction.*;
import org.storedb.query.Query;

public final class QueryEngine {
    private final @Nullable CollectionEngine e;
    private final TreeView v;

    public QueryEngine(@Nullable CollectionEngine e, TreeView v, Function<String, @Nullable FieldType> f) {
        this.e = e;
        this.v = v;
    }

    public Stream<FoundDocument> find(Query q) {
        if (e == null) return Stream.empty();
        var t = v.records(e.entry().treeId());
        var c = t.cursor(TreeRange.all());
        List<FoundDocument> r = new ArrayList<>();
        v.noteRangeRead(e.entry().treeId(), TreeRange.all());
        while (c.next()) {
            var s = v.read(c.key(), c.value());
            r.add(new FoundDocument(
                    c.key(),
                    DocumentId.decode(c.key()),
                    s.revision(),
                    EncodedValue.document(s.value(), e.dictionary())));
        }
        return r.stream();
    }

    public long count(Query q) {
        return find(q).count();
    }

    public boolean exists(Query q) {
        return count(q) > 0;
    }

    public Map<@Nullable Object, Long> countBy(String f) {
        return Map.of();
    }
}
