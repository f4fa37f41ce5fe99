package org.storedb.testing;

import java.io.IOException;
import java.util.List;
import org.storedb.storage.StorageDirectory;
import org.storedb.storage.StorageFile;
import org.storedb.testing.IoOperation.Kind;

/** A directory all of whose operations, and those of its files, go through an {@link IoInterceptor}. */
public final class InterceptedDirectory extends ForwardingDirectory {

    private final IoInterceptor interceptor;

    public InterceptedDirectory(StorageDirectory delegate, IoInterceptor interceptor) {
        super(delegate);
        this.interceptor = interceptor;
    }

    @Override
    public StorageFile create(String name, long capacityBytes) throws IOException {
        return new InterceptedFile(name, call(Kind.CREATE, name, () -> delegate.create(name, capacityBytes)));
    }

    @Override
    public StorageFile open(String name) throws IOException {
        return new InterceptedFile(name, call(Kind.OPEN, name, () -> delegate.open(name)));
    }

    @Override
    public List<String> list() throws IOException {
        return call(Kind.LIST, "", delegate::list);
    }

    @Override
    public void rename(String from, String to) throws IOException {
        run(Kind.RENAME, to, () -> delegate.rename(from, to));
    }

    @Override
    public void delete(String name) throws IOException {
        run(Kind.DELETE, name, () -> delegate.delete(name));
    }

    @Override
    public void sync() throws IOException {
        run(Kind.SYNC_DIRECTORY, "", delegate::sync);
    }

    private <R> R call(Kind kind, String file, Call<R> call) throws IOException {
        IoOperation operation = new IoOperation(kind, file);
        interceptor.before(operation);
        R result = call.run();
        interceptor.after(operation);
        return result;
    }

    private void run(Kind kind, String file, Action action) throws IOException {
        IoOperation operation = new IoOperation(kind, file);
        interceptor.before(operation);
        if (!interceptor.skips(operation)) {
            try {
                action.run();
            } catch (IOException e) {
                interceptor.failed(operation, e);
            }
        }
        interceptor.after(operation);
    }

    private final class InterceptedFile implements StorageFile {

        private final String name;
        private final StorageFile file;

        InterceptedFile(String name, StorageFile file) {
            this.name = name;
            this.file = file;
        }

        @Override
        public void write(long position, byte[] source, int offset, int length) throws IOException {
            try {
                run(Kind.WRITE, name, () -> file.write(position, source, offset, length));
            } catch (IoInterceptor.ShortWriteException e) {
                file.write(position, source, offset, length / 2);
                throw e;
            }
        }

        @Override
        public void read(long position, byte[] target, int offset, int length) throws IOException {
            run(Kind.READ, name, () -> file.read(position, target, offset, length));
        }

        @Override
        public long size() throws IOException {
            return call(Kind.SIZE, name, file::size);
        }

        @Override
        public void resize(long newSize) throws IOException {
            run(Kind.RESIZE, name, () -> file.resize(newSize));
        }

        @Override
        public void sync() throws IOException {
            run(Kind.SYNC, name, file::sync);
        }

        @Override
        public void close() throws IOException {
            if (interceptor.closesFiles()) {
                try {
                    run(Kind.CLOSE, name, () -> {});
                } finally {
                    file.close(); // Even if that is said to have failed.
                }
            }
        }
    }

    @FunctionalInterface
    private interface Call<R> {
        R run() throws IOException;
    }

    @FunctionalInterface
    private interface Action {
        void run() throws IOException;
    }
}
