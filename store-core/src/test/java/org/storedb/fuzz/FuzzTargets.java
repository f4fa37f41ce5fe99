package org.storedb.fuzz;

import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;

/** All that is fuzzed, by name: {@code X} is the class {@code XTarget}, with its corpus in {@code fuzz/X}. */
final class FuzzTargets {

    private static final Map<String, Consumer<byte[]>> TARGETS = new TreeMap<>(Map.of(
            "Frame", FrameTarget::fuzzerTestOneInput,
            "DirectoryRecovery", DirectoryRecoveryTarget::fuzzerTestOneInput,
            "Backup", BackupTarget::fuzzerTestOneInput,
            "Decompressor", DecompressorTarget::fuzzerTestOneInput,
            "Checkpoint", CheckpointTarget::fuzzerTestOneInput,
            "Manifest", ManifestTarget::fuzzerTestOneInput,
            "Salvage", SalvageTarget::fuzzerTestOneInput,
            "Document", DocumentTarget::fuzzerTestOneInput,
            "QueryText", QueryTextTarget::fuzzerTestOneInput));

    private FuzzTargets() {}

    static Map<String, Consumer<byte[]>> byName() {
        return TARGETS;
    }
}
