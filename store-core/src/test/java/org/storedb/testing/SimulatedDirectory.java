package org.storedb.testing;

import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.storedb.storage.StorageDirectory;
import org.storedb.storage.StorageFile;

/**
 * A directory on a simulated disk, which knows what is on the medium and what is only in the memory of the system, for
 * each file and for each entry. {@link CrashImages} makes of it what a power loss may leave behind.
 *
 * <p>The disk keeps its word: what was synced is on the medium, whole. What was not may be there or not, in any
 * combination, writes also in part; entries of the directory are independent of the content of files. For one thread.
 */
public final class SimulatedDirectory implements StorageDirectory {

    private final Map<String, SimulatedFile> entries = new TreeMap<>();
    private final Map<String, SimulatedFile> durableEntries = new TreeMap<>();
    private final List<EntryChange> unsynced = new ArrayList<>();
    private final List<String> open = new ArrayList<>();

    /** An empty directory. */
    public SimulatedDirectory() {}

    /** A directory with these files, all of it durable. */
    public SimulatedDirectory(Map<String, byte[]> files) {
        files.forEach((name, content) -> {
            SimulatedFile file = new SimulatedFile(content.clone());
            entries.put(name, file);
            durableEntries.put(name, file);
        });
    }

    @Override
    public StorageFile create(String name, long capacityBytes) throws FileAlreadyExistsException {
        if (entries.containsKey(name)) {
            throw new FileAlreadyExistsException(name);
        }
        SimulatedFile file = new SimulatedFile(new byte[0]);
        if (capacityBytes > 0) {
            file.resize(capacityBytes);
        }
        apply(new EntryChange(name, file, null));
        return opened(name, file);
    }

    @Override
    public StorageFile open(String name) throws NoSuchFileException {
        return opened(name, existing(name));
    }

    @Override
    public List<String> list() {
        return List.copyOf(entries.keySet());
    }

    @Override
    public void rename(String from, String to) throws NoSuchFileException {
        apply(new EntryChange(to, existing(from), from));
    }

    @Override
    public void delete(String name) throws NoSuchFileException {
        existing(name);
        apply(new EntryChange(name, null, null));
    }

    @Override
    public void sync() {
        unsynced.forEach(change -> change.applyTo(durableEntries));
        unsynced.clear();
    }

    @Override
    public String description() {
        return "the simulated disk";
    }

    @Override
    public void close() {}

    /** What another process finds after this one was killed now, with all that is not durable still undecided. */
    public SimulatedDirectory afterKill() {
        Map<SimulatedFile, SimulatedFile> copies = new HashMap<>();
        SimulatedDirectory copy = new SimulatedDirectory();
        entries.forEach((name, file) -> copy.entries.put(name, copied(file, copies)));
        durableEntries.forEach((name, file) -> copy.durableEntries.put(name, copied(file, copies)));
        for (EntryChange change : unsynced) {
            SimulatedFile file = change.file();
            copy.unsynced.add(
                    new EntryChange(change.name(), file == null ? null : copied(file, copies), change.from()));
        }
        return copy;
    }

    private static SimulatedFile copied(SimulatedFile file, Map<SimulatedFile, SimulatedFile> copies) {
        return copies.computeIfAbsent(file, SimulatedFile::copy);
    }

    /** Names of the files that were opened and not closed. */
    public List<String> openFiles() {
        return List.copyOf(open);
    }

    /** The files as the processes of the machine see them: what a killed process leaves behind. */
    public Map<String, byte[]> visibleFiles() {
        Map<String, byte[]> files = new TreeMap<>();
        entries.forEach((name, file) -> files.put(name, file.content().clone()));
        return files;
    }

    /** What the system does after a failed sync of the directory: the changes are seen, but never become durable. */
    public void abandonUnsyncedEntries() {
        unsynced.clear();
    }

    /** What the system does after a failed sync of a file: the changes are seen, but never become durable. */
    public void abandonUnsynced(String name) {
        SimulatedFile file = entries.get(name);
        if (file != null) {
            file.abandonUnsynced();
        }
    }

    List<EntryChange> unsyncedEntries() {
        return unsynced;
    }

    Map<String, SimulatedFile> durableEntries() {
        return durableEntries;
    }

    /** All files that a crash could leave behind. */
    Set<SimulatedFile> files() {
        Set<SimulatedFile> files = new LinkedHashSet<>(durableEntries.values());
        unsynced.stream().map(EntryChange::file).filter(file -> file != null).forEach(files::add);
        return files;
    }

    void closed(String name) {
        open.remove(name);
    }

    private StorageFile opened(String name, SimulatedFile file) {
        open.add(name);
        return file.new Handle(this, name);
    }

    private void apply(EntryChange change) {
        change.applyTo(entries);
        unsynced.add(change);
    }

    private SimulatedFile existing(String name) throws NoSuchFileException {
        SimulatedFile file = entries.get(name);
        if (file == null) {
            throw new MissingFileException(name);
        }
        return file;
    }

    /**
     * Has no stack trace: campaigns open stores a hundred thousand times, each of which looks for a file that may not be
     * there, deep in the stack.
     */
    private static final class MissingFileException extends NoSuchFileException {

        private static final long serialVersionUID = 1L;

        MissingFileException(String name) {
            super(name);
        }

        @Override
        @SuppressWarnings("UnsynchronizedOverridesSynchronized")
        public Throwable fillInStackTrace() {
            return this;
        }
    }

    /**
     * An entry that was made, changed or removed.
     *
     * @param file what the name now means; null if the entry was removed
     * @param from the name that the file had before, or null
     */
    record EntryChange(
            String name,
            @Nullable SimulatedFile file,
            @Nullable String from) {

        void applyTo(Map<String, SimulatedFile> target) {
            if (file == null) {
                target.remove(name);
            } else {
                target.put(name, file);
            }
            if (from != null) {
                target.remove(from);
            }
        }
    }
}
