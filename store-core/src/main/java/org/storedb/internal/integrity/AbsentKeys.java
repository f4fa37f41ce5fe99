package org.storedb.internal.integrity;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.storedb.internal.index.CountedTree;
import org.storedb.internal.index.TreeCursor;
import org.storedb.internal.index.TreeEditor;
import org.storedb.internal.index.TreeRange;
import org.storedb.internal.index.ValueLayout;

/**
 * Keys that have operations in the log but are absent from the index: for each of them the newest delete must be newer
 * than the newest put.
 */
final class AbsentKeys {

    private final Map<Integer, TreeEditor<Newest>> byTree = new HashMap<>();

    void put(int treeId, byte[] key, long sequence, int segment, int offset) {
        Newest newest = newest(treeId, key);
        if (newest == null || sequence > newest.put()) {
            editor(treeId).put(key, new Newest(sequence, newest == null ? 0 : newest.delete(), segment, offset));
        }
    }

    void delete(int treeId, byte[] key, long sequence) {
        Newest newest = newest(treeId, key);
        if (newest == null) {
            editor(treeId).put(key, new Newest(0, sequence, 0, 0));
        } else if (sequence > newest.delete()) {
            editor(treeId).put(key, new Newest(newest.put(), sequence, newest.segment(), newest.offset()));
        }
    }

    /** Passes on those whose newest put is not hidden by a delete. */
    void forEachNotDeleted(NotDeleted action) {
        byTree.forEach((treeId, editor) -> {
            TreeCursor<Newest> cursor = editor.build().cursor(TreeRange.all());
            while (cursor.next()) {
                Newest newest = cursor.value();
                if (newest.put() > newest.delete()) {
                    action.accept(treeId, cursor.key(), newest);
                }
            }
        });
    }

    private @Nullable Newest newest(int treeId, byte[] key) {
        return editor(treeId).get(key);
    }

    private TreeEditor<Newest> editor(int treeId) {
        return byTree.computeIfAbsent(
                treeId, id -> CountedTree.empty(Newest.LAYOUT).edit());
    }

    /** Receives a key that should be in the index. */
    @FunctionalInterface
    interface NotDeleted {
        void accept(int treeId, byte[] key, Newest newest);
    }

    /** Sequences of the newest operations on a key, and the location of the put; 0 if there is none. */
    record Newest(long put, long delete, int segment, int offset) {

        static final ValueLayout<Newest> LAYOUT = new ValueLayout<>() {
            @Override
            public int words() {
                return 3;
            }

            @Override
            public void write(Newest newest, long[] words, int at) {
                words[at] = newest.put;
                words[at + 1] = newest.delete;
                words[at + 2] = ((long) newest.segment << 32) | (newest.offset & 0xFFFF_FFFFL);
            }

            @Override
            public Newest read(long[] words, int at, int kept) {
                long location = ValueLayout.word(words, at, 2, kept);
                return new Newest(
                        ValueLayout.word(words, at, 0, kept),
                        ValueLayout.word(words, at, 1, kept),
                        (int) (location >> 32),
                        (int) location);
            }
        };
    }
}
