package org.storedb.internal.index;

import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The entries of a map to be put into a tree; collects what was there before. */
final class MapPuts<V> implements AscendingPuts<V> {

    private final Iterator<Map.Entry<byte[], V>> entries;
    private final List<@Nullable V> previous;
    private Map.@Nullable Entry<byte[], V> current;

    MapPuts(NavigableMap<byte[], V> entries, List<@Nullable V> previous) {
        this.entries = entries.entrySet().iterator();
        this.previous = previous;
    }

    @Override
    public boolean next() {
        current = entries.hasNext() ? entries.next() : null;
        return current != null;
    }

    @Override
    public byte[] key() {
        return Objects.requireNonNull(current).getKey();
    }

    @Override
    public V value() {
        return Objects.requireNonNull(current).getValue();
    }

    @Override
    public void done(@Nullable V before) {
        previous.add(before);
    }
}
