package org.storedb.fuzz;

import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;

/** All that is fuzzed, by name: {@code X} is the class {@code XTarget}, with its corpus in {@code fuzz/X}. */
final class FuzzTargets {

    private static final Map<String, Consumer<byte[]>> TARGETS = new TreeMap<>(Map.ofEntries(
            Map.entry("Frame", FrameTarget::fuzzerTestOneInput),
            Map.entry("DirectoryRecovery", DirectoryRecoveryTarget::fuzzerTestOneInput),
            Map.entry("Backup", BackupTarget::fuzzerTestOneInput),
            Map.entry("Decompressor", DecompressorTarget::fuzzerTestOneInput),
            Map.entry("Checkpoint", CheckpointTarget::fuzzerTestOneInput),
            Map.entry("Manifest", ManifestTarget::fuzzerTestOneInput),
            Map.entry("Salvage", SalvageTarget::fuzzerTestOneInput),
            Map.entry("Document", DocumentTarget::fuzzerTestOneInput),
            Map.entry("QueryText", QueryTextTarget::fuzzerTestOneInput),
            Map.entry("SnapshotFile", SnapshotFileTarget::fuzzerTestOneInput),
            Map.entry("JsonImport", JsonImportTarget::fuzzerTestOneInput)));

    private FuzzTargets() {}

    static Map<String, Consumer<byte[]>> byName() {
        return TARGETS;
    }
}
