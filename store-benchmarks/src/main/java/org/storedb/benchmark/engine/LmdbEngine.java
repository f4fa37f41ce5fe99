package org.storedb.benchmark.engine;

import static org.lmdbjava.EnvFlags.MDB_NORDAHEAD;
import static org.lmdbjava.EnvFlags.MDB_NOSYNC;
import static org.lmdbjava.EnvFlags.MDB_WRITEMAP;

import java.nio.ByteBuffer;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.lmdbjava.Cursor;
import org.lmdbjava.Dbi;
import org.lmdbjava.DbiFlags;
import org.lmdbjava.Env;
import org.lmdbjava.EnvFlags;
import org.lmdbjava.GetOp;
import org.lmdbjava.Txn;

/** LMDB through lmdbjava. */
final class LmdbEngine implements Engine {

    private static final long BYTES_PER_ENTRY = 1024; // Of address space; the file is sparse.
    private static final int KEY_BYTES_MAX = 511;

    private final Env<ByteBuffer> environment;
    private final Dbi<ByteBuffer> entries;
    private final ThreadLocal<Reader> readers;

    LmdbEngine(EngineSettings settings) {
        EnvFlags[] flags = settings.durable()
                ? new EnvFlags[] {MDB_NORDAHEAD}
                : new EnvFlags[] {MDB_NORDAHEAD, MDB_NOSYNC, MDB_WRITEMAP};
        this.environment = Env.create()
                .setMapSize(Math.max(1L << 30, settings.entriesMax() * BYTES_PER_ENTRY))
                .setMaxDbs(1)
                .open(settings.directory().toFile(), flags);
        this.entries = environment.openDbi("entries", DbiFlags.MDB_CREATE);
        this.readers = ThreadLocal.withInitial(() -> new Reader(environment.txnRead()));
    }

    @Override
    public byte @Nullable [] get(byte[] key) {
        Reader reader = readers.get();
        Txn<ByteBuffer> transaction = reader.transaction;
        transaction.renew();
        try {
            ByteBuffer value = entries.get(transaction, reader.key(key));
            return value == null ? null : copyOf(value);
        } finally {
            transaction.reset();
        }
    }

    @Override
    public void put(byte[] key, byte[] value) {
        Reader reader = readers.get();
        try (Txn<ByteBuffer> transaction = environment.txnWrite()) {
            put(transaction, reader, key, value);
            transaction.commit();
        }
    }

    @Override
    public void putAll(byte[][] keys, byte[][] values) {
        Reader reader = readers.get();
        try (Txn<ByteBuffer> transaction = environment.txnWrite()) {
            for (int i = 0; i < keys.length; i++) {
                put(transaction, reader, keys[i], values[i]);
            }
            transaction.commit();
        }
    }

    private void put(Txn<ByteBuffer> transaction, Reader reader, byte[] key, byte[] value) {
        entries.reserve(transaction, reader.key(key), value.length).put(value);
    }

    @Override
    public long scan(byte[] from, long limit, EntryConsumer consumer) {
        Reader reader = readers.get();
        long count = 0;
        reader.transaction.renew();
        try (Cursor<ByteBuffer> cursor = entries.openCursor(reader.transaction)) {
            boolean found = cursor.get(reader.key(from), GetOp.MDB_SET_RANGE);
            while (found && count < limit) {
                consumer.accept(copyOf(cursor.key()), copyOf(cursor.val()));
                count++;
                found = cursor.next();
            }
        } finally {
            reader.transaction.reset();
        }
        return count;
    }

    @Override
    public long count(byte[] from, byte[] to) {
        long[] count = new long[1];
        Reader reader = readers.get();
        reader.transaction.renew();
        try (Cursor<ByteBuffer> cursor = entries.openCursor(reader.transaction)) {
            boolean found = cursor.get(reader.key(from), GetOp.MDB_SET_RANGE);
            while (found && Arrays.compareUnsigned(copyOf(cursor.key()), to) < 0) {
                count[0]++;
                found = cursor.next();
            }
        } finally {
            reader.transaction.reset();
        }
        return count[0];
    }

    private static byte[] copyOf(ByteBuffer buffer) {
        byte[] bytes = new byte[buffer.remaining()];
        buffer.get(bytes);
        return bytes;
    }

    @Override
    public void close() {
        environment.sync(true);
        environment.close();
    }

    /** What a thread reuses for each read, as LMDB's documentation recommends. */
    private static final class Reader {

        private final Txn<ByteBuffer> transaction;
        private final ByteBuffer key = ByteBuffer.allocateDirect(KEY_BYTES_MAX);

        Reader(Txn<ByteBuffer> transaction) {
            this.transaction = transaction;
            transaction.reset();
        }

        ByteBuffer key(byte[] bytes) {
            return key.clear().put(bytes).flip();
        }
    }
}
