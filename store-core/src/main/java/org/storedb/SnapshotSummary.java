package org.storedb;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.storedb.internal.document.CatalogEntry.Kind;
import org.storedb.internal.log.RecordExpiry;
import org.storedb.internal.snapshot.SnapshotPart;
import org.storedb.internal.snapshot.SnapshotTarget;
import org.storedb.maintenance.SnapshotFileReport;

/** Counts the contents of a snapshot file, and passes them on. */
final class SnapshotSummary implements SnapshotTarget {

    private final SnapshotTarget next;
    private final List<SnapshotPart> parts = new ArrayList<>();
    private long sequence;
    private long takenAtMillis;
    private boolean sequences;
    private long documents;
    private long entries;

    SnapshotSummary(SnapshotTarget next) {
        this.next = next;
    }

    @Override
    public void begin(long newSequence, long newTakenAtMillis) throws IOException {
        sequence = newSequence;
        takenAtMillis = newTakenAtMillis;
        next.begin(newSequence, newTakenAtMillis);
    }

    @Override
    public void sequence(String name, long last) throws IOException {
        sequences = true;
        next.sequence(name, last);
    }

    @Override
    public void part(SnapshotPart part) throws IOException {
        parts.add(part);
        next.part(part);
    }

    @Override
    public void document(Object id, long revision, RecordExpiry expiry, Object content) throws IOException {
        documents++;
        next.document(id, revision, expiry, content);
    }

    @Override
    public void entry(byte[] key, RecordExpiry expiry, byte[] value) throws IOException {
        entries++;
        next.entry(key, expiry, value);
    }

    @Override
    public void end() throws IOException {
        next.end();
    }

    boolean hasSequences() {
        return sequences;
    }

    List<SnapshotPart> parts() {
        return parts;
    }

    long count() {
        return documents + entries;
    }

    SnapshotFileReport report(long bytes, Duration duration) {
        int collections = (int)
                parts.stream().filter(part -> part.kind() == Kind.COLLECTION).count();
        return new SnapshotFileReport(
                sequence,
                Instant.ofEpochMilli(takenAtMillis),
                collections,
                parts.size() - collections,
                documents,
                entries,
                bytes,
                duration);
    }
}
