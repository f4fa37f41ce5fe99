package org.storedb.internal.io;

import java.io.EOFException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/**
 * A file that another process may be writing to. What existed when it was opened is read through a map, which remains
 * usable after the file was closed, deleted or replaced by another one; the name is not looked up again. Later growth
 * of the file is visible only to those who open it again.
 *
 * <p>The writer may truncate the file under the map: reading what was cut off fails with an {@link IOException}. As
 * long as the file is open, parts of it are read through its handle, since the JVM may report a fault of a map when it
 * is too late to catch it.
 */
final class WatchedFile extends ReadOnlyFile {

    /** Smaller files are copied when they are opened: maps are scarce, and only the garbage collector frees them. */
    private static final int MAPPED_BYTES_LEAST = 32 << 10;

    private final Path path;
    private final RandomAccessFile file;
    private final ByteBuffer content;
    private boolean closed;

    private WatchedFile(Path path, RandomAccessFile file, ByteBuffer content) {
        this.path = path;
        this.file = file;
        this.content = content;
    }

    static WatchedFile open(Path path) throws IOException {
        boolean interrupted = Thread.interrupted();
        try {
            while (true) {
                try {
                    return opened(path);
                } catch (ClosedByInterruptException e) {
                    interrupted |= Thread.interrupted(); // Only this handle is lost.
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    @SuppressWarnings("resource") // Owned by the file that is returned.
    private static WatchedFile opened(Path path) throws IOException {
        RandomAccessFile file;
        try {
            file = new RandomAccessFile(path.toFile(), "r");
        } catch (FileNotFoundException e) { // Also thrown when access is denied.
            throw path.toFile().exists() ? e : new NoSuchFileException(path.toString());
        }
        try {
            return new WatchedFile(path, file, content(file));
        } catch (IOException | RuntimeException | Error e) {
            Closing.after(e, file);
            throw e;
        }
    }

    /** Maps the file behind the handle, whatever the name refers to by now. */
    private static ByteBuffer content(RandomAccessFile file) throws IOException {
        long size = Math.min(file.length(), Integer.MAX_VALUE);
        if (size >= MAPPED_BYTES_LEAST) {
            return file.getChannel().map(MapMode.READ_ONLY, 0, size);
        }
        byte[] copy = new byte[(int) size];
        file.readFully(copy);
        return ByteBuffer.wrap(copy);
    }

    @Override
    public void read(long position, byte[] target, int offset, int length) throws IOException {
        requireHeld(position, length);
        if (content.isDirect() && isReadByHandle(position, target, offset, length)) {
            return;
        }
        try {
            content.get((int) position, target, offset, length);
        } catch (InternalError e) { // This is how the JVM reports that the file behind a map has become shorter.
            throw unreadable(position, length, e);
        }
    }

    private synchronized boolean isReadByHandle(long position, byte[] target, int offset, int length)
            throws IOException {
        if (!closed) {
            file.seek(position);
            file.readFully(target, offset, length);
        }
        return !closed;
    }

    @Override
    public long readNumber(long position, int length) throws IOException {
        requireHeld(position, length);
        try {
            return BufferNumbers.read(content, (int) position, length);
        } catch (InternalError e) {
            throw unreadable(position, length, e);
        }
    }

    private void requireHeld(long position, int length) throws EOFException {
        if (position + length > content.capacity()) {
            throw new EOFException(path + " had " + content.capacity() + " bytes when it was opened, but "
                    + (position + length) + " were requested");
        }
    }

    private IOException unreadable(long position, int length, InternalError e) {
        return new IOException("Cannot read " + length + " bytes at " + position + " of " + path, e);
    }

    @Override
    public synchronized long size() throws IOException {
        return closed ? content.capacity() : file.length();
    }

    @Override
    public synchronized void close() throws IOException {
        closed = true;
        file.close();
    }
}
