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
import org.storedb.storage.StorageFile;

/**
 * A file of the file system. Writes and syncs go through a {@link RandomAccessFile}, which unlike a {@code FileChannel}
 * an interrupt cannot close; reads go through a map of the file, which needs neither a system call nor a lock. The channel
 * that a map needs is opened for it alone.
 *
 * <p>The map covers the file as it was opened or created. It is never touched beyond what has been written, so that
 * cutting off an unused end under it is harmless, and it is freed by the garbage collector only, so that readers of a
 * deleted file are safe.
 *
 * <p>A file that has its size before its content is one large hole. Each sync of what was appended to it fills a piece of
 * the hole with zeros, if nothing is left of the last piece: then the next syncs find their blocks, and need not wait for
 * the file system to note new ones.
 */
final class FileSystemFile implements StorageFile {

    private static final long UNKNOWN_POSITION = -1;
    private static final int FILLED_BYTES_MAX = 4 << 20;
    private static final int FILLED_SHARE = 16;

    private final Path path;
    private final RandomAccessFile file;
    private volatile MappedByteBuffer map;
    private long filePosition = UNKNOWN_POSITION;
    private long holeStart; // From here on there is nothing but zeros, of which
    private long filledEnd; // those up to here are no hole any more.
    private boolean synced;

    /**
     * An open file.
     *
     * @param holeStart where the zeros begin that it ends with, as far as that is known
     */
    FileSystemFile(Path path, RandomAccessFile file, long holeStart) throws IOException {
        this.path = path;
        this.file = file;
        this.holeStart = holeStart;
        this.filledEnd = holeStart;
        this.map = mapped();
    }

    @Override
    public synchronized void write(long position, byte[] source, int offset, int length) throws IOException {
        if (position != filePosition) { // Appending goes on where it was: a system call less for each commit.
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

    @Override
    public void read(long position, byte[] target, int offset, int length) throws IOException {
        MappedByteBuffer current = mapReaching(position + length);
        try {
            current.get((int) position, target, offset, length);
        } catch (InternalError e) { // How the JVM reports that the medium or the file behind a map is gone.
            throw unreadable(position, length, e);
        }
    }

    @Override
    public long readNumber(long position, int length) throws IOException {
        MappedByteBuffer current = mapReaching(position + length);
        try {
            return BufferNumbers.read(current, (int) position, length);
        } catch (InternalError e) {
            throw unreadable(position, length, e);
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
        return file.length();
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
        filledEnd = Math.min(filledEnd, newSize);
        if (newSize > map.capacity()) {
            map = mapped();
        }
    }

    @Override
    public void sync() throws IOException {
        fillHole();
        file.getFD().sync();
    }

    private synchronized void fillHole() throws IOException {
        long size = file.length();
        boolean first = !synced; // Often the only one.
        synced = true;
        if (first || holeStart <= filledEnd || holeStart >= size) {
            return;
        }
        long end = Math.min(size, holeStart + Math.min(FILLED_BYTES_MAX, size / FILLED_SHARE));
        filledEnd = end; // Also if it fails: this is to save time, and trying again costs some.
        if (FileSystemDirectory.usableBytes(path) < FILLED_SHARE * (end - holeStart)) {
            return; // What is left of the disk is needed for better things.
        }
        filePosition = UNKNOWN_POSITION;
        try {
            file.seek(holeStart);
            file.write(new byte[(int) (end - holeStart)]);
        } catch (IOException e) {
            System.getLogger(FileSystemFile.class.getName())
                    .log(System.Logger.Level.DEBUG, "No space is reserved in " + path, e);
        }
    }

    @Override
    public synchronized void close() throws IOException {
        file.close();
    }

    private synchronized MappedByteBuffer remappedTo(long size) throws IOException {
        if (size > map.capacity()) {
            if (size > file.length()) {
                throw new EOFException(path + " has " + file.length() + " bytes, " + size + " are wanted");
            }
            map = mapped();
        }
        return map;
    }

    private MappedByteBuffer mapped() throws IOException {
        boolean interrupted = Thread.interrupted();
        try {
            while (true) {
                try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
                    return channel.map(MapMode.READ_ONLY, 0, file.length());
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
}
