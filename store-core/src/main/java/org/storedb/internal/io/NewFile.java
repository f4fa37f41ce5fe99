package org.storedb.internal.io;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.random.RandomGenerator;
import org.storedb.storage.StorageDirectory;
import org.storedb.storage.StorageFile;

/**
 * A file that gets its name only when it is complete and durable; until then, any existing file keeps that name. A
 * crash leaves behind a file with the temporary name. For one thread.
 */
public final class NewFile extends OutputStream {

    private static final int BUFFER_BYTES = 1 << 16;

    private final StorageDirectory directory;
    private final boolean closesDirectory;
    private final String name;
    private final String temporaryName;
    private final StorageFile file;
    private final byte[] buffer = new byte[BUFFER_BYTES];
    private int buffered;
    private long written;
    private boolean closed;

    private NewFile(StorageDirectory directory, boolean closesDirectory, String name, String temporaryName)
            throws IOException {
        this.directory = directory;
        this.closesDirectory = closesDirectory;
        this.name = name;
        this.temporaryName = temporaryName;
        this.file = directory.create(temporaryName, 0);
    }

    /** Begins a file in a directory that the caller holds. */
    public static NewFile create(StorageDirectory directory, String name, String temporaryName) throws IOException {
        return new NewFile(directory, false, name, temporaryName);
    }

    /** Begins a file of the file system, readable by its owner only. */
    public static NewFile create(Path target, RandomGenerator random) throws IOException {
        Path absolute = target.toAbsolutePath().normalize();
        Path parent = absolute.getParent();
        Path name = absolute.getFileName();
        if (parent == null || name == null) {
            throw new NotDirectoryException(target + " is not the name of a file");
        }
        String temporaryName = "." + name + "." + Long.toHexString(random.nextLong()) + ".new";
        return new NewFile(FileSystemDirectory.shared(parent), true, name.toString(), temporaryName);
    }

    @Override
    public void write(int value) throws IOException {
        write(new byte[] {(byte) value}, 0, 1);
    }

    @Override
    public void write(byte[] source, int offset, int length) throws IOException {
        if (length > BUFFER_BYTES - buffered) {
            writeBuffer();
        }
        if (length > BUFFER_BYTES) {
            file.write(written, source, offset, length);
            written += length;
        } else {
            System.arraycopy(source, offset, buffer, buffered, length);
            buffered += length;
        }
    }

    /** Returns the number of bytes written so far. */
    public long bytes() {
        return written + buffered;
    }

    /** Makes the file durable and gives it its name, replacing any existing file. */
    public void complete() throws IOException {
        complete(() -> directory.rename(temporaryName, name));
    }

    /**
     * Makes the file durable and gives it its name, unless that is taken.
     *
     * @throws FileAlreadyExistsException if it is; the existing file remains
     */
    public void completeWithoutReplacing() throws IOException {
        complete(() -> {
            if (directory instanceof FileSystemDirectory shared) {
                shared.renameWithoutReplacing(temporaryName, name);
            } else if (directory.list().contains(name)) {
                throw new FileAlreadyExistsException(name);
            } else {
                directory.rename(temporaryName, name); // Nobody else creates files in a directory that is held.
            }
        });
    }

    private void complete(Naming naming) throws IOException {
        writeBuffer();
        file.sync();
        file.close();
        naming.run();
        closed = true;
        directory.sync();
        release();
    }

    /** Deletes the file if it is not complete. */
    @Override
    public void close() throws IOException {
        if (!closed) {
            closed = true;
            file.close();
            directory.delete(temporaryName);
            release();
        }
    }

    private void writeBuffer() throws IOException {
        file.write(written, buffer, 0, buffered);
        written += buffered;
        buffered = 0;
    }

    private void release() throws IOException {
        if (closesDirectory) {
            directory.close();
        }
    }

    @FunctionalInterface
    private interface Naming {
        void run() throws IOException;
    }
}
