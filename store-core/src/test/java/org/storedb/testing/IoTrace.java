package org.storedb.testing;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/** Keeps the latest operations, with what became of them, to be shown when a test fails. Safe for use by many threads. */
public final class IoTrace implements IoInterceptor {

    private final Deque<String> latest = new ArrayDeque<>(); // guarded by this
    private final int most;

    public IoTrace(int most) {
        this.most = most;
    }

    @Override
    public void after(IoOperation operation) {
        add(operation.kind() + " " + operation.file());
    }

    @Override
    public void failed(IoOperation operation, IOException failure) throws IOException {
        add(operation.kind() + " " + operation.file() + " failed: " + failure.getMessage());
        throw failure;
    }

    public synchronized List<String> latest() {
        return List.copyOf(latest);
    }

    private synchronized void add(String line) {
        latest.add(line);
        if (latest.size() > most) {
            latest.remove();
        }
    }
}
