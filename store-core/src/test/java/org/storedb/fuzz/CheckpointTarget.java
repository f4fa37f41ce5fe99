package org.storedb.fuzz;

import java.util.Map;
import java.util.TreeMap;

/** A checkpoint behind right checksums. */
public final class CheckpointTarget {

    private static final Map<String, byte[]> FILES = FuzzedStore.golden("format-1-plain");

    private CheckpointTarget() {}

    public static void fuzzerTestOneInput(byte[] data) {
        Map<String, byte[]> files = new TreeMap<>(FILES);
        files.computeIfPresent("checkpoint", (name, content) -> {
            byte[] checkpoint = FileEdits.apply(content, new FuzzInput(data)).clone();
            Checksums.repairCheckpoint(checkpoint);
            return checkpoint;
        });
        FuzzedStore.judge(files);
    }
}
