package org.storedb.fuzz;

import java.util.Map;
import java.util.TreeMap;

/** Checkpoints of both format versions behind right checksums. */
public final class CheckpointTarget {

    private static final Map<String, byte[]> VERSION_1 = FuzzedStore.golden("format-1-plain");
    private static final Map<String, byte[]> VERSION_2 = FuzzedStore.withNewCheckpoint(VERSION_1);

    private CheckpointTarget() {}

    public static void fuzzerTestOneInput(byte[] data) {
        judge(VERSION_1, data);
        judge(VERSION_2, data);
    }

    private static void judge(Map<String, byte[]> unedited, byte[] data) {
        Map<String, byte[]> files = new TreeMap<>(unedited);
        files.computeIfPresent("checkpoint", (name, content) -> {
            byte[] checkpoint = FileEdits.apply(content, new FuzzInput(data)).clone();
            Checksums.repairCheckpoint(checkpoint);
            return checkpoint;
        });
        FuzzedStore.judge(files);
    }
}
