package org.storedb.internal.document;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.storedb.error.CorruptStoreException;
import org.storedb.internal.bytes.MalformedBytesException;
import org.storedb.internal.document.CatalogEntry.IndexEntry;
import org.storedb.internal.document.CatalogEntry.Kind;
import org.storedb.internal.index.TreeCursor;
import org.storedb.internal.index.TreeRange;
import org.storedb.internal.transaction.RecordPointer;
import org.storedb.internal.transaction.RecordReader;
import org.storedb.internal.transaction.StateView;
import org.storedb.internal.transaction.StoreState;

/**
 * Reads the records of the catalog of one state. A record that matches its checksum but is malformed causes a
 * {@link CorruptStoreException} that names it. For one thread.
 */
final class CatalogRecords {

    private final StateView view;
    private final Set<Integer> treeIds = new HashSet<>(Set.of(CatalogFormat.TREE_ID));

    CatalogRecords(StoreState state) {
        this.view = new StateView(state);
    }

    /** Returns all entries of a kind, by name; {@code rejections} decides about malformed ones. */
    List<CatalogEntry> entries(Kind kind, Rejections rejections) {
        List<CatalogEntry> entries = new ArrayList<>();
        TreeCursor<RecordPointer> cursor = cursor(CatalogFormat.kindPrefix(kind));
        while (cursor.next()) {
            byte[] key = cursor.key();
            RecordPointer pointer = cursor.value();
            try {
                entries.add(decode(key, pointer, value -> entry(kind, key, value, pointer.sequence())));
            } catch (CorruptStoreException e) {
                rejections.malformed(key, e);
            }
        }
        return entries;
    }

    /** Decodes an entry and checks that its trees belong to no other one: a write to one would change the other. */
    private CatalogEntry entry(Kind kind, byte[] key, byte[] value, long sequence) {
        CatalogEntry entry = CatalogFormat.decodeEntry(kind, key, value, sequence);
        Set<Integer> own = new HashSet<>(Set.of(entry.treeId()));
        boolean distinct = entry.indexes().stream().map(IndexEntry::treeId).allMatch(own::add);
        if (!distinct || own.stream().anyMatch(treeIds::contains)) {
            throw new MalformedBytesException("The trees " + own + " are not distinct, or belong to another entry");
        }
        treeIds.addAll(own);
        return entry;
    }

    /**
     * Returns the names of a collection's fields with ids from {@code firstId} on; the position of a name gives its id.
     */
    List<String> fieldNames(int treeId, int firstId) {
        List<String> names = new ArrayList<>();
        TreeCursor<RecordPointer> cursor = cursor(CatalogFormat.fieldKeyPrefix(treeId));
        for (int id = 0; cursor.next(); id++) {
            if (id >= firstId) {
                int expected = id;
                byte[] key = cursor.key();
                names.add(decode(key, cursor.value(), value -> fieldName(key, value, expected)));
            }
        }
        return names;
    }

    private static String fieldName(byte[] key, byte[] value, int expected) {
        int id = CatalogFormat.fieldId(key);
        if (id != expected) {
            throw new MalformedBytesException("It has number " + id + ", but " + expected + " was expected");
        }
        return CatalogFormat.decodeText(value);
    }

    /**
     * Returns the rules of the collections that have one, by their tree; {@code rejections} decides about malformed
     * ones.
     */
    Map<Integer, ExpiryRule> expiryRules(Rejections rejections) {
        Map<Integer, ExpiryRule> rules = new HashMap<>();
        TreeCursor<RecordPointer> cursor = cursor(new byte[] {ExpiryRule.KEY_KIND});
        while (cursor.next()) {
            byte[] key = cursor.key();
            try {
                decode(key, cursor.value(), value -> rules.put(ExpiryRule.treeId(key), ExpiryRule.decode(value)));
            } catch (CorruptStoreException e) {
                rejections.malformed(key, e);
            }
        }
        return rules;
    }

    /** Returns the smallest tree id that was never used. */
    int nextTreeId() {
        RecordPointer pointer = view.find(CatalogFormat.TREE_ID, CatalogFormat.NEXT_TREE_KEY);
        return pointer == null
                ? CatalogFormat.TREE_ID + 1
                : decode(CatalogFormat.NEXT_TREE_KEY, pointer, CatalogFormat::decodeTreeId);
    }

    private TreeCursor<RecordPointer> cursor(byte[] prefix) {
        return view.records(CatalogFormat.TREE_ID).cursor(TreeRange.prefix(prefix));
    }

    private <T extends @Nullable Object> T decode(byte[] key, RecordPointer pointer, Function<byte[], T> decoder) {
        byte[] value = view.read(key, pointer).value();
        try {
            return decoder.apply(value);
        } catch (MalformedBytesException e) {
            throw RecordReader.malformed(
                    view.state().segments(), pointer, "The catalog's record of " + CatalogFormat.describe(key), e);
        }
    }

    /** Decides about entries that cannot be read. */
    @FunctionalInterface
    interface Rejections {

        /** Called for a malformed entry, which is skipped unless this throws. */
        void malformed(byte[] key, CorruptStoreException reason);
    }
}
