package org.storedb.spring.actuate;

import java.io.EOFException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.storedb.storage.StorageDirectory;
import org.storedb.storage.StorageFile;
import org.storedb.storage.StorageFullException;

/** A custom storage in memory that can be full. */
final class MemoryStorage implements StorageDirectory {

    private final Map<String, Content> files = new ConcurrentHashMap<>();
    private volatile boolean full;

    void setFull(boolean full) {
        this.full = full;
    }

    @Override
    public StorageFile create(String name, long capacityBytes) throws FileAlreadyExistsException {
        Content content = new Content((int) capacityBytes);
        if (files.putIfAbsent(name, content) != null) {
            throw new FileAlreadyExistsException(name);
        }
        return content;
    }

    @Override
    public StorageFile open(String name) throws NoSuchFileException {
        Content content = files.get(name);
        if (content == null) {
            throw new NoSuchFileException(name);
        }
        return content;
    }

    @Override
    public List<String> list() {
        return List.copyOf(files.keySet());
    }

    @Override
    public void rename(String from, String to) throws NoSuchFileException {
        files.put(to, (Content) open(from));
        files.remove(from);
    }

    @Override
    public void delete(String name) {
        files.remove(name);
    }

    @Override
    public void sync() {}

    @Override
    public String description() {
        return "storage of a test";
    }

    @Override
    public void close() {}

    private final class Content implements StorageFile {

        private byte[] bytes;

        Content(int size) {
            bytes = new byte[size];
        }

        @Override
        public synchronized void write(long position, byte[] source, int offset, int length)
                throws StorageFullException {
            if (full) {
                throw new StorageFullException("The disk is full");
            }
            bytes = Arrays.copyOf(bytes, Math.max(bytes.length, (int) position + length));
            System.arraycopy(source, offset, bytes, (int) position, length);
        }

        @Override
        public synchronized void read(long position, byte[] target, int offset, int length) throws EOFException {
            if (position + length > bytes.length) {
                throw new EOFException();
            }
            System.arraycopy(bytes, (int) position, target, offset, length);
        }

        @Override
        public synchronized long size() {
            return bytes.length;
        }

        @Override
        public synchronized void resize(long newSize) {
            bytes = Arrays.copyOf(bytes, (int) newSize);
        }

        @Override
        public void sync() {}

        @Override
        public void close() {}
    }
}
