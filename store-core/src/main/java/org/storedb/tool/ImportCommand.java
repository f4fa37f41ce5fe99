package org.storedb.tool;

import java.nio.file.Path;
import java.util.List;
import org.storedb.SnapshotFile;
import org.storedb.maintenance.SnapshotFileReport;

/** Creates a store from a snapshot file. */
final class ImportCommand implements Command {

    @Override
    public Usage usage() {
        return new Usage(
                "import", List.of("FILE", "DIR"), List.of(Option.KEYS), "creates a store from a snapshot file", """
                DIR is a new or empty directory, and gets the whole contents of the file or nothing. With keys,
                the store is encrypted.
                """);
    }

    @Override
    public ExitStatus run(Arguments arguments, Console console) {
        Path target = arguments.path("DIR");
        SnapshotFileReport report = SnapshotFile.at(arguments.path("FILE"))
                .withMonitor(console.progress())
                .restore(target, StoreOpener.options(arguments, console));
        SnapshotFiles.show(report, console);
        console.result("imported-to", target.toAbsolutePath());
        return ExitStatus.OK;
    }
}
