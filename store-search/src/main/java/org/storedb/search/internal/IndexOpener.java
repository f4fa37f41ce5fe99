package org.storedb.search.internal;

import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.IndexWriter;
import org.jspecify.annotations.Nullable;
import org.storedb.DocumentCollection;
import org.storedb.Snapshot;
import org.storedb.Store;
import org.storedb.Versioned;
import org.storedb.error.ChangesLostException;
import org.storedb.error.OperationCancelledException;
import org.storedb.feed.ChangeReader;
import org.storedb.maintenance.OperationMonitor;
import org.storedb.maintenance.OperationProgress;
import org.storedb.query.Query;

/** Opens an index at its last commit, or rebuilds it if it cannot be resumed from there. For one thread at a time. */
final class IndexOpener {

    private static final int REPORT_EVERY = 1_000;

    private final IndexSource source;
    private final IndexFiles files;
    private final BooleanSupplier closed;
    private final Consumer<String> rebuilds;

    /**
     * Creates an opener.
     *
     * @param closed whether the index is being closed, which ends a build
     * @param rebuilds receives the reason why an existing index is rebuilt
     */
    IndexOpener(IndexSource source, IndexFiles files, BooleanSupplier closed, Consumer<String> rebuilds) {
        this.source = source;
        this.files = files;
        this.closed = closed;
        this.rebuilds = rebuilds;
    }

    /**
     * Opens the index.
     *
     * @param rebuildReason why it must be rebuilt in any case, or {@code null}
     * @throws OperationCancelledException if the monitor cancels it
     */
    IndexConnection open(@Nullable String rebuildReason, OperationMonitor monitor) throws IOException {
        String reason = rebuildReason;
        if (reason == null) {
            try {
                return connect(null, monitor);
            } catch (IOException | RuntimeException e) {
                if (!IndexFiles.saysDamaged(e)) {
                    throw e;
                }
                reason = "it is damaged: " + e.getMessage();
            }
        }
        files.delete();
        return connect(reason, monitor);
    }

    private IndexConnection connect(@Nullable String rebuildReason, OperationMonitor monitor) throws IOException {
        IndexWriter writer = files.open(source.analyzer());
        try {
            Map<String, String> data = committedData(writer);
            String reason = rebuildReason;
            if (reason == null && !data.isEmpty()) {
                requireReadable(writer);
                reason = misfit(data);
            }
            IndexConnection resumed = null;
            if (reason == null && !data.isEmpty()) {
                try {
                    resumed = resume(writer, data);
                } catch (ChangesLostException e) {
                    reason = e.getMessage();
                }
            }
            if (reason != null) {
                rebuilds.accept(reason);
            }
            return resumed == null ? build(writer, monitor) : resumed;
        } catch (IOException | RuntimeException | Error e) {
            writer.rollback();
            throw e;
        }
    }

    private static Map<String, String> committedData(IndexWriter writer) {
        Map<String, String> data = new HashMap<>();
        Iterable<Map.Entry<String, String>> entries = writer.getLiveCommitData();
        if (entries != null) {
            entries.forEach(entry -> data.put(entry.getKey(), entry.getValue()));
        }
        return data;
    }

    /** Opens all segments once, so that damage is detected here. */
    private static void requireReadable(IndexWriter writer) throws IOException {
        try (DirectoryReader reader = DirectoryReader.open(writer)) {
            reader.maxDoc();
        }
    }

    private @Nullable String misfit(Map<String, String> data) {
        Lineage lineage = source.lineage();
        if (!IndexConnection.FORMAT_VERSION.equals(data.get(IndexConnection.FORMAT))) {
            return "it was written by another version of StoreDB";
        }
        if (!source.definition().fingerprint().equals(data.get(IndexConnection.DEFINITION))) {
            return "its definition has changed";
        }
        // A store that was loaded from a snapshot file has the marks, but different sequences, and no names of
        // consumers.
        if (lineage == null
                || !lineage.has(data.getOrDefault(IndexConnection.MARK, ""))
                || !source.store().changes().positions().containsKey(source.consumer())) {
            return "it belongs to another store, or to the store before a backup was restored";
        }
        return null;
    }

    private IndexConnection resume(IndexWriter writer, Map<String, String> data) {
        long position = Long.parseLong(data.getOrDefault(IndexConnection.POSITION, ""));
        UUID mark = UUID.fromString(data.getOrDefault(IndexConnection.MARK, ""));
        ChangeReader changes = source.changesAfter(position);
        if (changes.position() > position) { // Recorded by a process that ended before it committed the index.
            changes.close();
            source.store().changes().forget(source.consumer());
            changes = source.changesAfter(position);
        }
        return new IndexConnection(source, writer, changes, position, position, mark);
    }

    private IndexConnection build(IndexWriter writer, OperationMonitor monitor) throws IOException {
        Store store = source.store();
        writer.deleteAll();
        if (source.lineage() != null) {
            store.changes().forget(source.consumer());
        }
        Snapshot snapshot = store.snapshot();
        ChangeReader changes = source.changesAfter(snapshot.sequence()); // First, so that no changes are removed.
        try {
            DocumentCollection<DocumentTexts> documents =
                    snapshot.collection(source.definition().collection(), source.codec());
            long total = documents.count();
            long done = 0;
            monitor.progress(new OperationProgress("building the text index", 0, total));
            try (Stream<Versioned<DocumentTexts>> all = documents.findVersioned(Query.all())) {
                for (Versioned<DocumentTexts> document : (Iterable<Versioned<DocumentTexts>>) all::iterator) {
                    IndexConnection.put(writer, source.definition(), document.id(), document.document());
                    if (++done % REPORT_EVERY == 0 || done == total) {
                        report(monitor, done, total);
                    }
                }
            }
            return new IndexConnection(source, writer, changes, snapshot.sequence(), -1, null);
        } catch (IOException | RuntimeException | Error e) {
            changes.close();
            throw e;
        }
    }

    private void report(OperationMonitor monitor, long done, long total) {
        monitor.progress(new OperationProgress("building the text index", done, total));
        if (monitor.isCancelled() || closed.getAsBoolean()) {
            throw new OperationCancelledException(
                    "The text index " + source.definition().name() + " was not built completely; it is unchanged");
        }
    }
}
