package org.storedb.testing;

import java.io.EOFException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.storedb.storage.StorageFile;

/**
 * The content of a simulated file: as the processes of the machine see it, as the medium has it, and the changes that
 * make the difference.
 */
final class SimulatedFile {

    private byte[] content;
    private byte[] durable;
    private final List<Change> unsynced = new ArrayList<>();

    SimulatedFile(byte[] durable) {
        this.durable = durable;
        this.content = durable.clone();
    }

    /** What another process finds after this one was killed: the same content, of which the same is durable. */
    SimulatedFile copy() {
        SimulatedFile copy = new SimulatedFile(durable);
        copy.content = content.clone();
        copy.unsynced.addAll(unsynced);
        return copy;
    }

    byte[] content() {
        return content;
    }

    byte[] durable() {
        return durable;
    }

    List<Change> unsynced() {
        return unsynced;
    }

    void resize(long newSize) {
        apply(new Change(Math.toIntExact(newSize), null));
    }

    private void apply(Change change) {
        content = change.appliedTo(content);
        unsynced.add(change);
    }

    private void sync() {
        byte[] synced = durable.clone();
        for (Change change : unsynced) {
            synced = change.appliedTo(synced);
        }
        durable = synced; // Not the content as it is seen: what an earlier sync lost stays lost.
        unsynced.clear();
    }

    /** What the system does after a failed sync: it shows the changes, but will never write them to the medium. */
    void abandonUnsynced() {
        unsynced.clear();
    }

    /**
     * One write, or one change of size.
     *
     * @param position where the bytes go; the new size if there are none
     */
    @SuppressWarnings("ArrayRecordComponent") // Never compared.
    record Change(int position, byte @Nullable [] bytes) {

        byte[] appliedTo(byte[] before) {
            if (bytes == null) {
                return Arrays.copyOf(before, position);
            }
            int end = position + bytes.length;
            byte[] after = end > before.length ? Arrays.copyOf(before, end) : before;
            System.arraycopy(bytes, 0, after, position, bytes.length);
            return after;
        }
    }

    /** An open file. As with the real one, what was there when it was opened can be read after it was closed. */
    final class Handle implements StorageFile {

        private final SimulatedDirectory directory;
        private final String name;
        private int mappedBytes = content.length;
        private boolean closed;

        Handle(SimulatedDirectory directory, String name) {
            this.directory = directory;
            this.name = name;
        }

        @Override
        public void write(long position, byte[] source, int offset, int length) throws IOException {
            requireOpen();
            apply(new Change((int) position, Arrays.copyOfRange(source, offset, offset + length)));
        }

        @Override
        public void read(long position, byte[] target, int offset, int length) throws IOException {
            if (position + length > mappedBytes) {
                requireOpen();
                mappedBytes = content.length;
            }
            if (position + length > content.length) {
                throw new EOFException(name + " has " + content.length + " bytes");
            }
            System.arraycopy(content, (int) position, target, offset, length);
        }

        @Override
        public long size() throws IOException {
            requireOpen();
            return content.length;
        }

        @Override
        public void resize(long newSize) throws IOException {
            requireOpen();
            SimulatedFile.this.resize(newSize);
            mappedBytes = Math.max(mappedBytes, content.length);
        }

        @Override
        public void sync() throws IOException {
            requireOpen();
            SimulatedFile.this.sync();
        }

        @Override
        public void close() {
            if (!closed) {
                closed = true;
                directory.closed(name);
            }
        }

        private void requireOpen() throws IOException {
            if (closed) {
                throw new IOException(name + " is closed");
            }
        }
    }
}
