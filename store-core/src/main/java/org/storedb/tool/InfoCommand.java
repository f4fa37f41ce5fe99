package org.storedb.tool;

import java.util.List;
import java.util.stream.Collectors;
import org.storedb.Store;
import org.storedb.StoreStats;
import org.storedb.StoreStats.CollectionStats;
import org.storedb.StoreStats.IndexStats;
import org.storedb.StoreStats.KeyspaceStats;

/** Shows what is in a store. */
final class InfoCommand implements Command {

    @Override
    public Usage usage() {
        return new Usage("info", List.of("DIR"), Keys.OPTIONS, "shows what is in a store", """
                The store is only read, and may be in use. Where it has a checkpoint, segments that this covers
                are not read: 'verify' finds damage in them.
                """);
    }

    @Override
    public ExitStatus run(Arguments arguments, Console console) {
        try (Store store = StoreOpener.openForReading(arguments.path("DIR"), arguments, console)) {
            StoreStats stats = store.stats();
            showStore(stats, console);
            stats.collections().forEach(collection -> show(collection, console));
            stats.keyspaces().forEach(keyspace -> show(keyspace, console));
        }
        return ExitStatus.OK;
    }

    private static void showStore(StoreStats stats, Console console) {
        console.result("directory", String.valueOf(stats.directory()));
        console.result("id", stats.id());
        console.result("last-commit", stats.sequence());
        console.result("segments", stats.log().segments().size());
        console.result("bytes-on-disk", stats.log().bytesOnDisk());
        console.result("live-bytes", stats.log().liveBytes());
        console.result("encryption-keys", encryptionKeys(stats));
        console.result("expiring", stats.expiry().expiring());
        console.result("opened-from", stats.open().checkpointUsed() ? "checkpoint" : "log");
    }

    private static String encryptionKeys(StoreStats stats) {
        return stats.log().segments().stream()
                .map(segment -> segment.keyId() == null ? "none" : segment.keyId())
                .distinct()
                .collect(Collectors.joining(", "));
    }

    private static void show(CollectionStats collection, Console console) {
        console.result(
                "collection " + collection.name(),
                collection.documents() + " documents, " + collection.liveBytes() + " live bytes");
        for (IndexStats index : collection.indexes()) {
            console.result(
                    "index " + collection.name() + " " + index.name(),
                    index.entries() + " entries, " + (index.unique() ? "unique, on " : "on ")
                            + String.join(", ", index.fields()));
        }
    }

    private static void show(KeyspaceStats keyspace, Console console) {
        console.result(
                "keyspace " + keyspace.name(),
                keyspace.entries() + " entries, " + keyspace.liveBytes() + " live bytes");
    }
}
