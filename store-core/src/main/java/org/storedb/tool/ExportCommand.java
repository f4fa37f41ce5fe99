package org.storedb.tool;

import java.nio.file.Path;
import java.util.List;
import org.storedb.SnapshotFile;
import org.storedb.Store;
import org.storedb.StoreStats.CollectionStats;
import org.storedb.internal.io.UserFiles;

/** Writes the contents of a store to a file. */
final class ExportCommand implements Command {

    @Override
    public Usage usage() {
        return new Usage(
                "export",
                List.of("DIR", "FILE"),
                List.of(Option.COLLECTION, Option.KEYS, Option.ENCRYPT_EXISTING),
                "writes the contents of a store to a snapshot file",
                """
                The store is only read, and may be in use. FILE is text if its name ends with .json, .jsonl or
                .ndjson, or with one of these and .gz, and compact otherwise. It must not exist yet, and is never
                encrypted. 'import' creates a store from it.
                """);
    }

    @Override
    public ExitStatus run(Arguments arguments, Console console) {
        Path file = arguments.path("FILE");
        if (UserFiles.exists(file)) {
            throw ToolException.failed(file + " exists already; choose a name that is not taken");
        }
        SnapshotFile target = SnapshotFile.at(file).withoutReplacing().withMonitor(console.progress());
        List<String> collections = arguments.values(Option.COLLECTION);
        if (!collections.isEmpty()) {
            target = target.withCollections(collections.toArray(String[]::new));
        }
        try (Store store = StoreOpener.openForReading(arguments.path("DIR"), arguments, console)) {
            requireAll(collections, store);
            SnapshotFiles.show(target.write(store), console);
            if (isEncrypted(store)) {
                console.message("The store is encrypted, " + file + " is not: keep it in a safe place");
            }
        }
        return ExitStatus.OK;
    }

    private static void requireAll(List<String> collections, Store store) {
        List<String> existing =
                store.stats().collections().stream().map(CollectionStats::name).toList();
        for (String name : collections) {
            if (!existing.contains(name)) {
                throw ToolException.failed("There is no collection '" + name + "' in the store; there are " + existing);
            }
        }
    }

    private static boolean isEncrypted(Store store) {
        return store.stats().log().segments().stream().anyMatch(segment -> segment.keyId() != null);
    }
}
