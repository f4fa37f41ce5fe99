package org.storedb.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.TreeMap;
import org.storedb.StoreOptions;
import org.storedb.StoreSalvage;
import org.storedb.error.StoreException;
import org.storedb.maintenance.OperationMonitor;
import org.storedb.testing.SimulatedDirectory;

/** Salvage of a store, any of whose files were edited; every second time their checksums are repaired. */
public final class SalvageTarget {

    private static final Map<String, byte[]> FILES = new TreeMap<>(FuzzedStore.golden("format-1-plain"));

    static {
        FILES.remove("checkpoint"); // It is not looked at.
    }

    private SalvageTarget() {}

    public static void fuzzerTestOneInput(byte[] data) {
        FuzzInput input = new FuzzInput(data);
        boolean repairs = input.nextByte() % 2 == 1;
        Map<String, byte[]> files = FileEdits.apply(FILES, input);
        if (repairs) {
            files.replaceAll((name, content) -> content.clone());
            Checksums.repairLog(files);
        }
        SimulatedDirectory source = new SimulatedDirectory(files);
        SimulatedDirectory target = new SimulatedDirectory();
        boolean salvaged = true;
        try {
            StoreSalvage.run(source, target, StoreOptions.defaults(), OperationMonitor.none());
        } catch (StoreException e) {
            salvaged = false;
            assertThat(e).hasMessageMatching("(?s).{20,}");
            assertThat(target.visibleFiles()).as("what is left in the target").isEmpty();
        }
        assertThat(source.visibleFiles()).as("the source").containsExactlyEntriesOf(files);
        assertThat(source.openFiles()).as("files left open in the source").isEmpty();
        assertThat(target.openFiles()).as("files left open in the target").isEmpty();
        if (salvaged) {
            assertThat(FuzzedStore.judge(target.visibleFiles()))
                    .as("what was salvaged can be read")
                    .isTrue();
        }
    }
}
