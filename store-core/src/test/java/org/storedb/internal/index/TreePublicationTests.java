package org.storedb.internal.index;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class TreePublicationTests {

    private static final int BATCHES = 400;
    private static final int BATCH = 50;

    private volatile CountedTree<Long> current = CountedTree.empty(LongLayout.TWO_WORDS);

    /** Batch n puts n under each of its keys and under one common key, so that a mixed-up version shows. */
    @Test
    void readersSeeWholeVersionsWhileTheEditorGoesOn() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(2);
        try {
            Future<?> writer = threads.submit(this::write);
            Future<?> reader = threads.submit(() -> {
                while (current.size() < BATCHES * BATCH + 1 && !Thread.interrupted()) {
                    checkWhole(current);
                }
            });
            writer.get(30, TimeUnit.SECONDS);
            reader.get(30, TimeUnit.SECONDS);
        } finally {
            threads.shutdownNow();
        }
        checkWhole(current);
    }

    private void write() {
        TreeEditor<Long> editor = current.edit();
        for (int batch = 0; batch < BATCHES; batch++) {
            for (int i = 0; i < BATCH; i++) {
                editor.put(key((int) ((batch * (long) BATCH + i) * 7_919 % 20_011)), (long) batch);
            }
            editor.put(new byte[0], (long) batch);
            current = editor.build();
        }
    }

    private static void checkWhole(CountedTree<Long> tree) {
        Long last = tree.get(new byte[0]);
        if (last == null) {
            assertThat(tree.isEmpty()).isTrue();
            return;
        }
        assertThat(tree.size()).isEqualTo((last + 1) * BATCH + 1);
        long ofLast = 0;
        long entries = 0;
        TreeCursor<Long> cursor = tree.cursor(TreeRange.all());
        while (cursor.next()) {
            entries++;
            ofLast += cursor.value().equals(last) ? 1 : 0;
        }
        assertThat(entries).isEqualTo(tree.size());
        assertThat(ofLast).isEqualTo(BATCH + 1);
    }

    private static byte[] key(int number) {
        return ByteBuffer.allocate(4).putInt(number).array();
    }
}
