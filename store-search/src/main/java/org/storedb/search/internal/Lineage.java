package org.storedb.search.internal;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.storedb.KeyRange;
import org.storedb.KeyValue;
import org.storedb.Keyspace;
import org.storedb.Store;
import org.storedb.feed.Change;
import org.storedb.feed.ChangeKind;
import org.storedb.feed.ValueChange;

/**
 * Verifies that an index belongs to this store. Before an index is committed, a random mark is committed to the store;
 * the index is committed as of exactly that commit, with the mark in it. So an index belongs to the history of a store
 * if and only if the store has its mark: not if the store was restored from an earlier backup and continued from there,
 * even with the same sequences.
 *
 * <pre>
 * key:   [ name of the index, UTF-8 ] [ 0 ] [ number of the mark 8 ]
 * value: [ random 16 ]
 * </pre>
 */
final class Lineage {

    /** Keyspaces with such a name are not content: they are not in snapshot files, and an empty store may have them. */
    static final String KEYSPACE = "storedb.search";

    /** The number of latest marks that are kept: a crash may occur before the index is committed. */
    private static final int KEPT = 8;

    private final Store store;
    private final byte[] prefix;

    Lineage(Store store, String index) {
        this.store = store;
        byte[] name = index.getBytes(StandardCharsets.UTF_8);
        this.prefix = Arrays.copyOf(name, name.length + 1);
    }

    /**
     * Commits a new mark.
     *
     * @param committed the mark of the last committed index, which is kept; {@code null} if there is none
     */
    UUID mark(@Nullable UUID committed) {
        UUID mark = UUID.randomUUID();
        store.runInTransaction(transaction -> {
            Keyspace marks = transaction.keyspace(KEYSPACE);
            List<byte[]> newestFirst = marks.keys(KeyRange.prefix(prefix), Keyspace.Direction.DESCENDING)
                    .toList();
            long number = newestFirst.isEmpty() ? 0 : number(newestFirst.get(0)) + 1;
            newestFirst.stream()
                    .skip(KEPT - 1)
                    .filter(key -> committed == null || !Arrays.equals(marks.get(key), bytes(committed)))
                    .forEach(marks::delete);
            marks.put(key(number), bytes(mark));
        });
        return mark;
    }

    /** Returns whether the store has a mark. */
    boolean has(String mark) {
        return store.keyspace(KEYSPACE)
                .scan(KeyRange.prefix(prefix))
                .map(KeyValue::value)
                .anyMatch(value -> value.length == 2 * Long.BYTES && text(value).equals(mark));
    }

    /** Returns whether a change is the commit of a mark. */
    static boolean is(Change change, UUID mark) {
        return change instanceof ValueChange value
                && value.kind() == ChangeKind.PUT
                && value.keyspace().equals(KEYSPACE)
                && Arrays.equals(value.value(), bytes(mark));
    }

    private byte[] key(long number) {
        return ByteBuffer.allocate(prefix.length + Long.BYTES)
                .put(prefix)
                .putLong(number)
                .array();
    }

    private long number(byte[] key) {
        return ByteBuffer.wrap(key).getLong(prefix.length);
    }

    private static byte[] bytes(UUID mark) {
        return ByteBuffer.allocate(2 * Long.BYTES)
                .putLong(mark.getMostSignificantBits())
                .putLong(mark.getLeastSignificantBits())
                .array();
    }

    private static String text(byte[] value) {
        ByteBuffer bytes = ByteBuffer.wrap(value);
        return new UUID(bytes.getLong(), bytes.getLong()).toString();
    }
}
