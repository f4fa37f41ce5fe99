package org.storedb.search.internal;

import java.io.IOException;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import org.apache.lucene.store.ByteBuffersDirectory;
import org.apache.lucene.store.FilterDirectory;
import org.apache.lucene.store.FilterIndexOutput;
import org.apache.lucene.store.IOContext;
import org.apache.lucene.store.IndexInput;
import org.apache.lucene.store.IndexOutput;

/**
 * Files in memory that can no longer be changed after so many operations, and of which only what was synced is sure to be
 * there afterwards: a file may be missing or cut short, a new name may be the old one.
 */
final class CrashingDirectory extends FilterDirectory {

    private final Set<String> synced = new HashSet<>();
    private final Map<String, String> renamed = new HashMap<>(); // New names that may be lost, with the old ones.
    private long left;

    CrashingDirectory(long operations) {
        super(new ByteBuffersDirectory());
        this.left = operations;
    }

    synchronized boolean isCrashed() {
        return left < 0;
    }

    /** Turns the power off. */
    synchronized void crash() {
        left = -1;
    }

    private synchronized void operate() throws IOException {
        if (left < 0 || --left < 0) {
            throw new IOException("the power is off");
        }
    }

    @Override
    public IndexOutput createOutput(String name, IOContext context) throws IOException {
        operate();
        return output(in.createOutput(name, context));
    }

    @Override
    public IndexOutput createTempOutput(String prefix, String suffix, IOContext context) throws IOException {
        operate();
        return output(in.createTempOutput(prefix, suffix, context));
    }

    private IndexOutput output(IndexOutput to) {
        return new FilterIndexOutput("watched " + to, to.getName(), to) {
            @Override
            public void writeBytes(byte[] bytes, int offset, int length) throws IOException {
                operate();
                super.writeBytes(bytes, offset, length);
            }
        };
    }

    @Override
    public void sync(Collection<String> names) throws IOException {
        operate();
        in.sync(names);
        synchronized (this) {
            synced.addAll(names);
        }
    }

    @Override
    public void syncMetaData() throws IOException {
        operate();
        in.syncMetaData();
        synchronized (this) {
            renamed.clear();
        }
    }

    @Override
    public void rename(String source, String target) throws IOException {
        operate();
        in.rename(source, target);
        synchronized (this) {
            if (synced.remove(source)) {
                synced.add(target);
            }
            renamed.put(target, source);
        }
    }

    @Override
    public void deleteFile(String name) throws IOException {
        operate();
        in.deleteFile(name);
        synchronized (this) {
            synced.remove(name);
            renamed.remove(name);
        }
    }

    @Override
    public void close() {
        // What is in it is looked at afterwards.
    }

    /** What is there after a power cut. */
    synchronized ByteBuffersDirectory afterPowerCut(SplittableRandom random) throws IOException {
        ByteBuffersDirectory image = new ByteBuffersDirectory();
        for (String name : in.listAll()) {
            String old = renamed.get(name);
            String kept = old != null && random.nextBoolean() ? old : name;
            try (IndexInput input = in.openInput(name, IOContext.READONCE)) {
                boolean whole = synced.contains(name);
                if (whole || random.nextInt(3) > 0) {
                    long bytes = whole ? input.length() : random.nextLong(input.length() + 1);
                    try (IndexOutput output = image.createOutput(kept, IOContext.DEFAULT)) {
                        output.copyBytes(input, bytes);
                    }
                }
            }
        }
        return image;
    }
}
