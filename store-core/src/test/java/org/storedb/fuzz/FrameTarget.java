package org.storedb.fuzz;

import java.util.Map;
import java.util.TreeMap;

/** Frames, operations and records behind right checksums: segments and manifest are edited, then repaired. */
public final class FrameTarget {

    private static final Map<String, byte[]> FILES = new TreeMap<>(FuzzedStore.golden("format-1-plain"));

    static {
        FILES.remove("checkpoint"); // Then all of the log is read.
    }

    private FrameTarget() {}

    public static void fuzzerTestOneInput(byte[] data) {
        Map<String, byte[]> files = FileEdits.apply(FILES, new FuzzInput(data));
        files.replaceAll((name, content) -> content.clone());
        Checksums.repairLog(files);
        FuzzedStore.judge(files);
    }
}
