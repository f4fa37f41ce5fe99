package org.storedb.fuzz;

import java.util.Map;

/** Recovery of a store, any of whose files were edited. */
public final class DirectoryRecoveryTarget {

    private static final Map<String, byte[]> FILES = FuzzedStore.golden("format-1-lz4");

    private DirectoryRecoveryTarget() {}

    public static void fuzzerTestOneInput(byte[] data) {
        FuzzedStore.judge(FileEdits.apply(FILES, new FuzzInput(data)));
    }
}
