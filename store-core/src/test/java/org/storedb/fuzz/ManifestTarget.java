package org.storedb.fuzz;

import java.util.Map;
import java.util.TreeMap;

/** A manifest behind a right checksum. */
public final class ManifestTarget {

    private static final Map<String, byte[]> FILES = FuzzedStore.golden("format-1-plain");

    private ManifestTarget() {}

    public static void fuzzerTestOneInput(byte[] data) {
        Map<String, byte[]> files = new TreeMap<>(FILES);
        files.computeIfPresent("manifest", (name, content) -> {
            byte[] manifest = FileEdits.apply(content, new FuzzInput(data)).clone();
            Checksums.repairEnd(manifest);
            return manifest;
        });
        FuzzedStore.judge(files);
    }
}
