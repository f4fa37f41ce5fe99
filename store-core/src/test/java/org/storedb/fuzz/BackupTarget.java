package org.storedb.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.storedb.Store;
import org.storedb.StoreBackup;
import org.storedb.error.StoreException;
import org.storedb.maintenance.BackupMode;
import org.storedb.maintenance.OperationMonitor;
import org.storedb.testing.SimulatedDirectory;

/** Verification and restore of backups, any of whose files were edited; every second time their manifests are repaired. */
public final class BackupTarget {

    private static final OperationMonitor NOBODY = OperationMonitor.none();
    private static final Map<String, byte[]> FILES = backups();

    private BackupTarget() {}

    public static void fuzzerTestOneInput(byte[] data) {
        FuzzInput input = new FuzzInput(data);
        boolean repairs = input.nextByte() % 2 == 1;
        Map<String, byte[]> files = FileEdits.apply(FILES, input);
        if (repairs) {
            files.replaceAll((name, content) -> {
                byte[] repaired = content.clone();
                if (name.endsWith(".manifest")) {
                    Checksums.repairEnd(repaired);
                }
                return repaired;
            });
        }
        StoreBackup backups = StoreBackup.in(new SimulatedDirectory(files));
        for (int number = 1; number <= 2; number++) {
            restore(backups, number);
        }
    }

    /** Verification and restore have to agree, and a store of what was restored has to be judged like any other. */
    private static void restore(StoreBackup backups, int number) {
        boolean verified = isAccepted(() -> backups.verify(number, NOBODY));
        SimulatedDirectory target = new SimulatedDirectory();
        boolean restored = isAccepted(() -> backups.restore(number, target, NOBODY));
        assertThat(target.openFiles()).as("files left open").isEmpty();
        assertThat(restored).as("whether it is restored").isEqualTo(verified);
        if (restored) {
            FuzzedStore.judge(target.visibleFiles());
        }
    }

    private static boolean isAccepted(Runnable action) {
        try {
            action.run();
            return true;
        } catch (StoreException e) {
            assertThat(e).hasMessageMatching("(?s).{20,}");
            return false;
        }
    }

    private static Map<String, byte[]> backups() {
        SimulatedDirectory backups = new SimulatedDirectory();
        try (Store store = FuzzedStore.open(new SimulatedDirectory(FuzzedStore.golden("format-1-plain")))) {
            store.backup(backups, BackupMode.FULL, NOBODY);
            store.keyspace("entries").put(new byte[] {'b'}, new byte[100]);
            store.backup(backups, BackupMode.INCREMENTAL, NOBODY);
        }
        return backups.visibleFiles();
    }
}
