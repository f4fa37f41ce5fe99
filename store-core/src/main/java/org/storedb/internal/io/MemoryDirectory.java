package org.storedb.internal.io;

import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.storedb.storage.StorageDirectory;
import org.storedb.storage.StorageFile;

/** A directory whose files are byte arrays: for stores that need not outlive the process. */
public final class MemoryDirectory implements StorageDirectory {

    private final Map<String, MemoryFile> files = new ConcurrentHashMap<>();

    @Override
    public StorageFile create(String name, long capacityBytes) throws FileAlreadyExistsException {
        MemoryFile file = new MemoryFile();
        if (files.putIfAbsent(name, file) != null) {
            throw new FileAlreadyExistsException(name);
        }
        return file;
    }

    @Override
    public StorageFile open(String name) throws NoSuchFileException {
        return existing(name);
    }

    @Override
    public List<String> list() {
        return List.copyOf(files.keySet());
    }

    @Override
    public void rename(String from, String to) throws NoSuchFileException {
        files.put(to, existing(from));
        files.remove(from);
    }

    @Override
    public void delete(String name) throws NoSuchFileException {
        existing(name);
        files.remove(name);
    }

    @Override
    public void sync() {}

    @Override
    public String description() {
        return "memory";
    }

    @Override
    public void close() {}

    private MemoryFile existing(String name) throws NoSuchFileException {
        MemoryFile file = files.get(name);
        if (file == null) {
            throw new NoSuchFileException(name);
        }
        return file;
    }
}
