package org.storedb.migration;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.storedb.DocumentCollection;
import org.storedb.StoreContext;
import org.storedb.query.Query;

/** A store's records of migrations that ran, as seen by a snapshot or a transaction. */
final class History {

    private final StoreContext context;

    History(StoreContext context) {
        this.context = context;
    }

    /** Returns all records, by version. In a store without any, nothing is loaded to query them. */
    List<AppliedMigration> all() {
        if (!context.collectionExists(Migrations.COLLECTION)) {
            return List.of();
        }
        return notes().find(Query.all())
                .map(History::read)
                .sorted(Comparator.comparing(note -> Version.parse(note.version())))
                .toList();
    }

    @Nullable
    AppliedMigration find(String version) {
        return notes().get(version).map(History::read).orElse(null);
    }

    void add(AppliedMigration note) {
        notes().insert(Map.of(
                "id", note.version(),
                "name", note.name(),
                "checksum", note.checksum(),
                "at", note.at(),
                "durationMillis", note.duration().toMillis()));
    }

    private DocumentCollection<Map<String, @Nullable Object>> notes() {
        return context.collection(Migrations.COLLECTION);
    }

    private static AppliedMigration read(Map<String, @Nullable Object> note) {
        return new AppliedMigration(
                text(note, "id"),
                text(note, "name"),
                text(note, "checksum"),
                Instant.parse(text(note, "at")),
                Duration.ofMillis(note.get("durationMillis") instanceof Number millis ? millis.longValue() : 0));
    }

    private static String text(Map<String, @Nullable Object> note, String field) {
        return String.valueOf(note.get(field));
    }
}
