package org.storedb.testing;

import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import org.storedb.storage.StorageDirectory;
import org.storedb.storage.StorageFile;
import org.storedb.storage.StorageFullException;

/**
 * A directory on a disk with few blocks. As on a real one, a block is taken when something is first written to it, not
 * when the file gets its size; a write that meets no space has written what did fit; a deleted file gives its blocks back.
 */
public final class QuotaDirectory extends ForwardingDirectory {

    private static final int BLOCK_BYTES = 512;

    private final Map<String, Long> blocks = new HashMap<>(); // guarded by this
    private long blocksMax; // guarded by this
    private long untoldBytes; // guarded by this

    /**
     * A directory, empty so far, with so much space.
     *
     * @param delegate takes what fits
     */
    public QuotaDirectory(StorageDirectory delegate, long bytesMax) {
        super(delegate);
        this.blocksMax = bytesMax / BLOCK_BYTES;
    }

    /** Changes the size of the disk. */
    public synchronized void setBytesMax(long bytesMax) {
        blocksMax = bytesMax / BLOCK_BYTES;
    }

    /** Claims from now on to have so much more space than there is, as where a quota is not told. */
    public synchronized void claimMore(long bytes) {
        untoldBytes = bytes;
    }

    /** What is used of it. */
    public synchronized long usedBytes() {
        return usedBlocks() * BLOCK_BYTES;
    }

    @Override
    public synchronized long usableBytes() {
        return Math.max(0, blocksMax - usedBlocks()) * BLOCK_BYTES + untoldBytes;
    }

    @Override
    public synchronized StorageFile create(String name, long capacityBytes) throws IOException {
        if (usedBlocks() >= blocksMax) {
            throw new StorageFullException("No space left for " + name);
        }
        StorageFile file = delegate.create(name, capacityBytes);
        blocks.put(name, 1L);
        return new QuotaFile(name, file);
    }

    @Override
    public StorageFile open(String name) throws IOException {
        return new QuotaFile(name, delegate.open(name));
    }

    @Override
    public synchronized void rename(String from, String to) throws IOException {
        delegate.rename(from, to);
        Long moved = blocks.remove(from);
        blocks.put(to, moved == null ? 0 : moved);
    }

    @Override
    public synchronized void delete(String name) throws IOException {
        delegate.delete(name);
        blocks.remove(name);
    }

    private long usedBlocks() {
        return blocks.values().stream().mapToLong(Long::longValue).sum();
    }

    /** Takes blocks for bytes up to {@code end}; returns up to where there are some. */
    private synchronized long take(String name, long end) {
        long present = blocks.getOrDefault(name, 0L);
        long wanted = (end + BLOCK_BYTES - 1) / BLOCK_BYTES;
        long taken = Math.min(wanted, present + Math.max(0, blocksMax - usedBlocks()));
        blocks.put(name, Math.max(present, taken));
        return Math.min(end, Math.max(present, taken) * BLOCK_BYTES);
    }

    private synchronized void cut(String name, long size) {
        blocks.computeIfPresent(name, (same, present) -> Math.min(present, (size + BLOCK_BYTES - 1) / BLOCK_BYTES));
    }

    private final class QuotaFile extends ForwardingFile {

        private final String name;

        QuotaFile(String name, StorageFile file) {
            super(file);
            this.name = name;
        }

        @Override
        public void write(long position, byte[] source, int offset, int length) throws IOException {
            int fitting = (int) Math.max(0, take(name, position + length) - position);
            if (fitting >= length) {
                super.write(position, source, offset, length);
                return;
            }
            if (fitting > 0) {
                super.write(position, source, offset, fitting);
            }
            throw new StorageFullException(
                    "No space left for " + length + " bytes at " + position + " of " + name + ", only for " + fitting);
        }

        @Override
        public void resize(long newSize) throws IOException {
            super.resize(newSize);
            cut(name, newSize);
        }
    }
}
