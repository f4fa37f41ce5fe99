package org.storedb;

import org.storedb.error.LimitExceededException;
import org.storedb.internal.document.StoredSequences;

/**
 * A sequence of a local store. The keyspace holds, for each sequence, the last number of the block most recently taken:
 * a block is used only once that is stored, so that it is not handed out again after a crash.
 */
final class LocalSequence implements Sequence {

    private static final int BLOCK_FIRST = 1;
    private static final int BLOCK_MAX = 128;

    private final LocalStore store;
    private final String name;
    private final byte[] key;

    // Guarded by this: the last number handed out, the last of the block, and the size of the next block.
    private long last;
    private long blockEnd;
    private int nextBlock = BLOCK_FIRST;

    LocalSequence(LocalStore store, String name) {
        this.store = store;
        this.name = name;
        this.key = StoredSequences.key(name);
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public synchronized long next() {
        store.requireWritable();
        if (last == blockEnd) {
            takeBlock();
        }
        return ++last;
    }

    @Override
    public synchronized void advanceTo(long newLast) {
        if (newLast < 0) {
            throw new IllegalArgumentException("Sequence '" + name + "' cannot be advanced to " + newLast);
        }
        store.requireWritable();
        if (newLast <= last) {
            return;
        }
        if (newLast > blockEnd) {
            noteTaken(newLast);
            dropBlock();
        } else {
            last = newLast;
        }
    }

    /** Makes every block that is taken from now on begin after {@code number}. */
    private void noteTaken(long number) {
        store.runInTransaction(transaction -> {
            Keyspace keyspace = new LocalKeyspace((Session) transaction, StoredSequences.KEYSPACE);
            byte[] taken = keyspace.get(key);
            if (taken == null || StoredSequences.last(taken) < number) {
                keyspace.put(key, StoredSequences.value(number));
            }
        });
    }

    /** Discards the current block: the store may have been advanced past numbers that were handed out elsewhere. */
    synchronized void dropBlock() {
        last = 0;
        blockEnd = 0;
    }

    /**
     * Takes the next block. Blocks grow: a sequence that is used once wastes nothing, one that is used often rarely
     * writes.
     */
    private void takeBlock() {
        int size = nextBlock;
        long end = store.inTransaction(transaction -> {
            Keyspace keyspace = new LocalKeyspace((Session) transaction, StoredSequences.KEYSPACE);
            byte[] taken = keyspace.get(key);
            long oldEnd = taken == null ? 0 : StoredSequences.last(taken);
            if (oldEnd > Long.MAX_VALUE - size) {
                throw new LimitExceededException("Sequence '" + name + "' is exhausted: no numbers are left");
            }
            long newEnd = oldEnd + size;
            keyspace.put(key, StoredSequences.value(newEnd));
            return newEnd;
        });
        last = end - size;
        blockEnd = end;
        nextBlock = Math.min(BLOCK_MAX, 2 * size);
    }
}
