package org.storedb.internal.io;

import java.io.EOFException;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.MappedByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.storedb.storage.StorageFile;
import org.storedb.storage.StorageFullException;

/**
 * A file of the file system. Writes and syncs go through a {@link RandomAccessFile}, which unlike a {@code FileChannel}
 * cannot be closed by an interrupt; reads go through a map of the file, which needs neither a system call nor a lock.
 * The channel that a map requires is opened only for it.
 *
 * <p>The map covers the file as it was opened or created. It is never accessed beyond what has been written or filled,
 * so truncating an unused end under it is harmless, and only the garbage collector frees it, so readers of a deleted
 * file are safe. What does not fit into a map, as in a very large checkpoint, is read through the file handle.
 *
 * <p>A file that has its size before its content is one large hole. Parts of the hole are filled with zeros ahead of
 * the appended data. Inside them
 *
 * <ul>
 *   <li>syncs find allocated blocks, and need not wait for the file system to record new ones;
 *   <li>the disk can no longer be full, so small writes are copied into the map where {@link OverwritingFileSystem}
 *       allows it, which takes a fraction of the time of a system call. They are read back to verify them, because the
 *       JVM reports an error in a map at some later moment. All other writes are system calls, which report a lack of
 *       space at once.
 * </ul>
 */
final class FileSystemFile implements StorageFile {

    private static final long UNKNOWN_POSITION = -1;
    private static final long OPEN = -1;
    private static final int MAPPED_BYTES_MAX = Integer.MAX_VALUE;
    private static final int FILLED_BYTES_MAX = 4 << 20;
    private static final int FILLED_SHARE = 16;

    /** Copying more gains nothing: the zeros before it and reading it back cost as much as the system call. */
    private static final int COPIED_BYTES_MAX = 16 << 10;

    private static final int TAKEN_BYTES_LEAST = 64 << 10;
    private static final int TAKEN_BYTES_MAX = 1 << 20;
    private static final int PAGE_BYTES = 4 << 10;
    private static final byte[] ZEROS = new byte[64 << 10];

    private final Path path;
    private final RandomAccessFile file;
    private volatile MappedByteBuffer map;
    private long filePosition = UNKNOWN_POSITION;
    private long holeStart; // From here on there are only zeros.
    private long takenStart; // From here on zeros were written by this object,
    private long takenEnd; // up to here: blocks are certainly allocated.
    private long triedEnd; // Up to here a sync need not try to allocate blocks,
    private long refusedEnd; // nor does a write.
    private boolean synced;
    private long sizeWhenClosed = OPEN;

    /**
     * Pages before it are written by system calls: a sync write-protects pages, after which the map causes a fault that
     * costs as much as a system call. So is the first page, which is often the only one.
     */
    private long syncedPageEnd = PAGE_BYTES;

    private boolean mapDecided;
    private @Nullable OverwritingFileSystem overwriting; // If the map is writable.
    private byte[] readBack = {};

    /**
     * Creates an open file.
     *
     * @param holeStart where the zeros at its end begin, as far as that is known
     */
    FileSystemFile(Path path, RandomAccessFile file, long holeStart) throws IOException {
        this.path = path;
        this.file = file;
        this.holeStart = holeStart;
        this.takenStart = holeStart;
        this.takenEnd = holeStart;
        this.triedEnd = holeStart;
        this.map = mapped(MapMode.READ_ONLY);
    }

    @Override
    public synchronized void write(long position, byte[] source, int offset, int length) throws IOException {
        if (length <= COPIED_BYTES_MAX && position >= syncedPageEnd && canCopy(position, length)) {
            copy((int) position, source, offset, length);
        } else {
            writeBySystem(position, source, offset, length);
        }
    }

    private void writeBySystem(long position, byte[] source, int offset, int length) throws IOException {
        if (position != filePosition) { // Appending continues at the position, which saves a system call per commit.
            file.seek(position);
        }
        filePosition = UNKNOWN_POSITION;
        holeStart = Math.max(holeStart, position + length);
        try {
            file.write(source, offset, length);
        } catch (IOException e) {
            throw StorageErrors.typed(e, path, length);
        }
        filePosition = position + length;
    }

    private void copy(int position, byte[] source, int offset, int length) throws IOException {
        holeStart = Math.max(holeStart, (long) position + length);
        MappedByteBuffer target = map;
        try {
            target.put(position, source, offset, length);
            target.get(position, readBack, 0, length);
            if (!Arrays.equals(readBack, 0, length, source, offset, offset + length)) {
                throw new IOException("The bytes written at " + position + " of " + path + " are missing");
            }
        } catch (InternalError e) { // As with reads.
            throw new IOException("Cannot write " + length + " bytes at " + position + " of " + path, e);
        }
    }

    /** Returns whether blocks are allocated for what is to be written, and the map can be used. */
    boolean canCopy(long position, int length) throws IOException {
        OverwritingFileSystem fileSystem = writableThroughMap();
        if (fileSystem == null) {
            return false;
        }
        long end = position + length;
        boolean goesOn = position <= holeStart && end > holeStart;
        if (goesOn && end > Math.max(takenEnd, refusedEnd)) {
            takeAhead(end, fileSystem);
        }
        return position >= takenStart && end <= takenEnd;
    }

    /** Returns the file system if the map is writable; this is determined, and the map made writable, on first use. */
    private @Nullable OverwritingFileSystem writableThroughMap() throws IOException {
        if (!mapDecided) {
            mapDecided = true;
            OverwritingFileSystem fileSystem = OverwritingFileSystem.of(path);
            if (fileSystem != null && file.length() <= MAPPED_BYTES_MAX && makeMapWritable()) {
                overwriting = fileSystem;
                readBack = new byte[COPIED_BYTES_MAX];
            }
        }
        return overwriting;
    }

    private boolean makeMapWritable() {
        try {
            map = mapped(MapMode.READ_WRITE);
            return true;
        } catch (IOException e) {
            logger().log(System.Logger.Level.DEBUG, "All writes to " + path + " are system calls", e);
            return false;
        }
    }

    private void takeAhead(long end, OverwritingFileSystem fileSystem) throws IOException {
        long size = file.length();
        if (end > size) {
            return;
        }
        long wanted = Math.min(TAKEN_BYTES_MAX, Math.max(TAKEN_BYTES_LEAST, holeStart));
        long newEnd = Math.min(size, holeStart + wanted);
        refusedEnd = newEnd;
        if (!fileSystem.hasSpace(FILLED_SHARE * wanted)) {
            return; // The rest of the disk is needed for more important things.
        }
        try {
            take(newEnd);
        } catch (StorageFullException e) {
            logger().log(System.Logger.Level.DEBUG, "No space can be preallocated in " + path, e);
        }
    }

    /** Fills the hole with zeros up to {@code end}. */
    private void take(long end) throws IOException {
        long start = Math.max(holeStart, takenEnd);
        filePosition = UNKNOWN_POSITION;
        try {
            file.seek(start);
            for (long left = end - start; left > 0; left -= ZEROS.length) {
                file.write(ZEROS, 0, (int) Math.min(left, ZEROS.length));
            }
        } catch (IOException e) {
            throw StorageErrors.typed(e, path, end - start);
        }
        takenStart = start > takenEnd ? start : takenStart;
        takenEnd = end;
    }

    @Override
    public void read(long position, byte[] target, int offset, int length) throws IOException {
        if (position + length > MAPPED_BYTES_MAX) {
            readBySystem(position, target, offset, length);
            return;
        }
        MappedByteBuffer current = mapReaching(position + length);
        try {
            current.get((int) position, target, offset, length);
        } catch (InternalError e) { // This is how the JVM reports that the medium or the file behind a map is gone.
            throw unreadable(position, length, e);
        }
    }

    private synchronized void readBySystem(long position, byte[] target, int offset, int length) throws IOException {
        filePosition = UNKNOWN_POSITION;
        file.seek(position);
        file.readFully(target, offset, length);
    }

    @Override
    public long readNumber(long position, int length) throws IOException {
        if (position + length > MAPPED_BYTES_MAX) {
            return StorageFile.super.readNumber(position, length);
        }
        MappedByteBuffer current = mapReaching(position + length);
        try {
            return BufferNumbers.read(current, (int) position, length);
        } catch (InternalError e) {
            throw unreadable(position, length, e);
        }
    }

    @Override
    public long touch(long position, int length) {
        MappedByteBuffer current = map;
        try {
            return position + length > current.capacity() ? 0 : BufferNumbers.touch(current, (int) position, length);
        } catch (InternalError e) {
            return 0; // A later read reports it.
        }
    }

    private MappedByteBuffer mapReaching(long end) throws IOException {
        MappedByteBuffer current = map;
        return end > current.capacity() ? remappedTo(end) : current;
    }

    private IOException unreadable(long position, int length, InternalError e) {
        return new IOException("Cannot read " + length + " bytes at " + position + " of " + path, e);
    }

    @Override
    public synchronized long size() throws IOException {
        return sizeWhenClosed == OPEN ? file.length() : sizeWhenClosed;
    }

    @Override
    public synchronized void resize(long newSize) throws IOException {
        filePosition = UNKNOWN_POSITION;
        try {
            file.setLength(newSize);
        } catch (IOException e) {
            throw StorageErrors.typed(e, path, 0);
        }
        holeStart = Math.min(holeStart, newSize);
        takenStart = Math.min(takenStart, newSize);
        takenEnd = Math.min(takenEnd, newSize); // What is cut off is a hole if the file grows again.
        triedEnd = Math.min(triedEnd, newSize);
        refusedEnd = Math.min(refusedEnd, newSize);
        if (newSize > map.capacity()) {
            map = mapped(overwriting == null ? MapMode.READ_ONLY : MapMode.READ_WRITE);
        }
    }

    @Override
    public void sync() throws IOException {
        fillHole();
        file.getFD().sync();
    }

    private synchronized void fillHole() throws IOException {
        boolean first = !synced; // Often the only one.
        synced = true;
        syncedPageEnd = (holeStart + PAGE_BYTES - 1) / PAGE_BYTES * PAGE_BYTES;
        if (first || holeStart <= Math.max(takenEnd, triedEnd)) {
            return;
        }
        long size = file.length();
        if (holeStart >= size) {
            return;
        }
        long end = Math.min(size, holeStart + Math.min(FILLED_BYTES_MAX, size / FILLED_SHARE));
        triedEnd = end; // Even if it fails: this is meant to save time, and retrying costs some.
        try {
            if (FileSystemDirectory.usableBytes(path) < FILLED_SHARE * (end - holeStart)) {
                return; // The rest of the disk is needed for more important things.
            }
            take(end);
        } catch (IOException e) {
            logger().log(System.Logger.Level.DEBUG, "No space can be reserved in " + path, e);
        }
    }

    @Override
    public synchronized void close() throws IOException {
        mapDecided = true;
        overwriting = null; // Later writes have to fail.
        readBack = new byte[0];
        if (sizeWhenClosed == OPEN) {
            try (file) {
                sizeWhenClosed = file.length();
            }
        }
    }

    private synchronized MappedByteBuffer remappedTo(long size) throws IOException {
        if (size > map.capacity()) {
            if (size > size()) {
                throw new EOFException(path + " has " + size() + " bytes, but " + size + " were requested");
            }
            map = mapped(overwriting == null ? MapMode.READ_ONLY : MapMode.READ_WRITE);
        }
        return map;
    }

    private MappedByteBuffer mapped(MapMode mode) throws IOException {
        Set<StandardOpenOption> options = mode == MapMode.READ_WRITE
                ? Set.of(StandardOpenOption.READ, StandardOpenOption.WRITE)
                : Set.of(StandardOpenOption.READ);
        boolean interrupted = Thread.interrupted();
        try {
            while (true) {
                try (FileChannel channel = FileChannel.open(path, options)) {
                    return channel.map(mode, 0, Math.min(file.length(), MAPPED_BYTES_MAX));
                } catch (ClosedByInterruptException e) {
                    interrupted |= Thread.interrupted(); // Only this channel is lost.
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private static System.Logger logger() {
        return System.getLogger(FileSystemFile.class.getName());
    }
}
