package org.storedb.tool;

import org.storedb.maintenance.SnapshotFileReport;

/** What the commands on snapshot files have in common. */
final class SnapshotFiles {

    private SnapshotFiles() {}

    static void show(SnapshotFileReport report, Console console) {
        console.result("last-commit", report.sequence());
        console.result("collections", report.collections());
        console.result("documents", report.documents());
        console.result("keyspaces", report.keyspaces());
        console.result("entries", report.entries());
    }
}
