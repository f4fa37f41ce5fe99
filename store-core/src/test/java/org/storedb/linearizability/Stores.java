package org.storedb.linearizability;

import org.storedb.CompactionPolicy;
import org.storedb.Store;
import org.storedb.StoreOptions;
import org.storedb.TestStores;
import org.storedb.internal.io.MemoryDirectory;
import org.storedb.testing.SteppedTasks;
import org.storedb.testing.TestEnvironments;

/** Stores without threads of their own: there are thousands in a test, and nobody closes them. */
final class Stores {

    private Stores() {}

    static Store inMemory() {
        return inMemory(new SteppedTasks());
    }

    static Store inMemory(SteppedTasks tasks) {
        return TestStores.open(
                new MemoryDirectory(),
                StoreOptions.defaults().withSegmentBytes(64 << 10).withCompaction(CompactionPolicy.manual()),
                TestEnvironments.stepped(1, tasks));
    }
}
