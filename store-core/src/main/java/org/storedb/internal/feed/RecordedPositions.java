package org.storedb.internal.feed;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.storedb.error.UnsupportedFormatException;
import org.storedb.internal.bytes.ByteReader;
import org.storedb.internal.bytes.ByteWriter;
import org.storedb.internal.bytes.MalformedBytesException;
import org.storedb.internal.document.CatalogEntry;
import org.storedb.internal.document.CatalogEntry.Kind;
import org.storedb.internal.index.TreeCursor;
import org.storedb.internal.index.TreeRange;
import org.storedb.internal.transaction.CommitRequest;
import org.storedb.internal.transaction.RecordPointer;
import org.storedb.internal.transaction.RecordReader;
import org.storedb.internal.transaction.RecordWrite;
import org.storedb.internal.transaction.StateView;
import org.storedb.internal.transaction.StoreState;

/**
 * The positions of named consumers. They are in an internal keyspace of the store, and changed by commits like
 * everything else. Safe for use by many threads.
 *
 * <pre>
 * key:    [ name, UTF-8 ]
 * value:  [ version 1 ] [ store id 16 ] [ 1 if it requests previous values, else 0 1 ] [ position varint ]
 * </pre>
 *
 * <p>The store id identifies a position that a salvage has brought from another store, where sequences referred to
 * other commits.
 */
final class RecordedPositions {

    static final String KEYSPACE = "_positions";

    private static final int VERSION = 1;

    private final FeedSource source;

    RecordedPositions(FeedSource source) {
        this.source = source;
    }

    /** Returns the position that is recorded under a name, or {@code null}. */
    @Nullable
    Position find(String name) {
        StateView view = new StateView(source.pipeline().state());
        CatalogEntry entry = source.catalog().find(view.state(), Kind.KEYSPACE, KEYSPACE);
        byte[] key = keyOf(name);
        RecordPointer pointer = entry == null ? null : view.find(entry.treeId(), key);
        return pointer == null ? null : read(view, key, pointer);
    }

    /** Returns all positions, by name. */
    Map<String, Position> all() {
        Map<String, Position> positions = new TreeMap<>();
        StateView view = new StateView(source.pipeline().state());
        CatalogEntry entry = source.catalog().find(view.state(), Kind.KEYSPACE, KEYSPACE);
        if (entry != null) {
            TreeCursor<RecordPointer> cursor = view.records(entry.treeId()).cursor(TreeRange.all());
            while (cursor.next()) {
                byte[] key = cursor.key();
                positions.put(new String(key, StandardCharsets.UTF_8), read(view, key, cursor.value()));
            }
        }
        return positions;
    }

    /**
     * Records a position, as durably as the store commits.
     *
     * @param before whether the consumer requests previous values
     */
    void record(String name, long position, boolean before) {
        write(name, valueOf(position, before));
    }

    /** Removes the position of a name. */
    void remove(String name) {
        write(name, null);
    }

    private byte[] valueOf(long position, boolean before) {
        UUID storeId = source.log().storeId();
        return new ByteWriter(2 + 2 * Long.BYTES + ByteWriter.varintBytes(position))
                .putByte(VERSION)
                .putUuid(storeId)
                .putByte(before ? 1 : 0)
                .putVarint(position)
                .toByteArray();
    }

    private void write(String name, byte @Nullable [] value) {
        StoreState base = source.pipeline().state();
        int treeId =
                source.catalog().findOrCreate(base, Kind.KEYSPACE, KEYSPACE).treeId();
        RecordWrite write = new RecordWrite(treeId, keyOf(name), value, 0, true);
        source.pipeline()
                .commit(CommitRequest.ofWrites(base, List.of(write), source.durableCommits()))
                .requireCommitted("A position");
    }

    private static Position read(StateView view, byte[] key, RecordPointer pointer) {
        ByteReader reader = new ByteReader(view.readValue(key, pointer));
        try {
            int version = reader.readByte();
            if (version != VERSION) {
                throw new UnsupportedFormatException("The position of '" + new String(key, StandardCharsets.UTF_8)
                        + "' has version " + version + ", this release of StoreDB reads " + VERSION
                        + "; use a newer release");
            }
            UUID storeId = reader.readUuid();
            boolean before = reader.readByte() == 1;
            return new Position(storeId, reader.readVarint(), before);
        } catch (MalformedBytesException e) {
            String what = "The position of '" + new String(key, StandardCharsets.UTF_8) + "'";
            throw RecordReader.malformed(view.state().segments(), pointer, what, e);
        }
    }

    private static byte[] keyOf(String name) {
        return name.getBytes(StandardCharsets.UTF_8);
    }

    /**
     * A position.
     *
     * @param storeId id of the store to which it refers
     * @param before whether the consumer requests previous values
     */
    record Position(UUID storeId, long sequence, boolean before) {}
}
