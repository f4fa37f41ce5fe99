package org.storedb.linearizability;

import java.util.function.Function;
import org.jetbrains.lincheck.datastructures.IntGen;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Param;
import org.jspecify.annotations.Nullable;
import org.storedb.internal.index.CountedTree;
import org.storedb.internal.index.TreeCursor;
import org.storedb.internal.index.TreeEditor;
import org.storedb.internal.index.TreeRange;
import org.storedb.internal.index.ValueLayout;

/** Versions of one tree that share their nodes: one thread at a time makes the next, all read the latest. */
@Param(name = "key", gen = IntGen.class, conf = "1:5")
public class TreeOperations {

    private static final ValueLayout<Long> LAYOUT = new ValueLayout<>() {
        @Override
        public int words() {
            return 1;
        }

        @Override
        public void write(Long value, long[] words, int at) {
            words[at] = value;
        }

        @Override
        public Long read(long[] words, int at, int kept) {
            return ValueLayout.word(words, at, 0, kept);
        }
    };

    private volatile CountedTree<Long> current = filled();

    /** Enough entries for nodes on two levels. */
    private static CountedTree<Long> filled() {
        TreeEditor<Long> editor = CountedTree.empty(LAYOUT).edit();
        for (int i = 0; i < 200; i++) {
            editor.put(new byte[] {(byte) (i % 6), (byte) i}, (long) i);
        }
        return editor.build();
    }

    @Operation
    public @Nullable Long get(@Param(name = "key") int key) {
        return current.get(Bytes.of(key));
    }

    @Operation
    public @Nullable Long put(@Param(name = "key") int key, @Param(name = "key") int value) {
        return edit(editor -> editor.put(Bytes.of(key), (long) value));
    }

    @Operation
    public @Nullable Long remove(@Param(name = "key") int key) {
        return edit(editor -> editor.remove(Bytes.of(key)));
    }

    @Operation
    public long countBelow(@Param(name = "key") int key) {
        return current.count(new TreeRange(null, Bytes.of(key)));
    }

    @Operation
    public int lastKey() {
        TreeCursor<Long> cursor = current.descendingCursor(TreeRange.all());
        cursor.next();
        return cursor.key()[0];
    }

    private synchronized @Nullable Long edit(Function<TreeEditor<Long>, @Nullable Long> change) {
        TreeEditor<Long> editor = current.edit();
        Long old = change.apply(editor);
        current = editor.build();
        return old;
    }
}
