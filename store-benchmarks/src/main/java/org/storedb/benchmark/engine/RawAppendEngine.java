package org.storedb.benchmark.engine;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashSet;
import java.util.Set;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/** An upper bound for any log: records with a checksum appended to a file, with no means to find them again. */
final class RawAppendEngine implements Engine {

    private static final int HEADER_BYTES = 24;
    private static final long PREALLOCATED_BYTES = 256L << 20;

    private final FileChannel file;
    private final boolean forced;
    private final ByteBuffer buffer = ByteBuffer.allocateDirect(1 << 20);
    private final CRC32C checksum = new CRC32C();
    private long position;

    private RawAppendEngine(FileChannel file, boolean forced) {
        this.file = file;
        this.forced = forced;
    }

    /** Appends to a growing file; if durable, forces it after each commit. */
    static RawAppendEngine growing(EngineSettings settings) {
        return new RawAppendEngine(open(settings.directory().resolve("log"), Set.of()), settings.durable());
    }

    /** Writes to preallocated blocks; if durable, through to the medium. */
    static RawAppendEngine preallocated(EngineSettings settings) {
        Path path = settings.directory().resolve("log");
        try (FileChannel zeros = open(path, Set.of())) {
            ByteBuffer block = ByteBuffer.allocateDirect(1 << 20);
            while (zeros.size() < PREALLOCATED_BYTES) {
                zeros.write(block.clear());
            }
            zeros.force(true);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new RawAppendEngine(open(path, settings.durable() ? Set.of(StandardOpenOption.DSYNC) : Set.of()), false);
    }

    private static FileChannel open(Path path, Set<? extends OpenOption> more) {
        Set<OpenOption> options = new HashSet<>(more);
        options.add(StandardOpenOption.CREATE);
        options.add(StandardOpenOption.WRITE);
        try {
            return FileChannel.open(path, options);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public synchronized void put(byte[] key, byte[] value) {
        buffer.clear();
        append(key, value);
        write();
    }

    @Override
    public synchronized void putAll(byte[][] keys, byte[][] values) {
        buffer.clear();
        for (int i = 0; i < keys.length; i++) {
            append(keys[i], values[i]);
        }
        write();
    }

    private void append(byte[] key, byte[] value) {
        checksum.reset();
        checksum.update(key);
        checksum.update(value);
        buffer.putLong(position).putInt((int) checksum.getValue()).putInt(key.length);
        buffer.putInt(value.length).putInt(HEADER_BYTES);
        buffer.put(key).put(value);
    }

    private void write() {
        try {
            position += file.write(buffer.flip(), position);
            if (forced) {
                file.force(false);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public byte @Nullable [] get(byte[] key) {
        throw new UnsupportedOperationException("A log without an index cannot find a key");
    }

    @Override
    public long scan(byte[] from, long limit, EntryConsumer consumer) {
        throw new UnsupportedOperationException("A log without an index is not ordered");
    }

    @Override
    public long count(byte[] from, byte[] to) {
        throw new UnsupportedOperationException("A log without an index is not ordered");
    }

    @Override
    public void close() {
        try {
            file.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
