package org.storedb.internal.snapshot;

import java.io.IOException;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.storedb.document.DocumentCodec;
import org.storedb.document.DocumentValue;
import org.storedb.internal.bytes.MalformedBytesException;
import org.storedb.internal.document.CatalogEntry.Kind;
import org.storedb.internal.log.RecordExpiry;

/** Passes on what arrives in a possible order and number; anything else causes a {@link MalformedBytesException}. */
final class CheckedTarget implements SnapshotTarget {

    private final SnapshotTarget target;
    private final Set<String> sequences = new HashSet<>();
    private final Set<String> names = new HashSet<>();
    private @Nullable SnapshotPart part;
    private long inPart;
    private long documents;
    private long entries;
    private boolean begun;
    private boolean ended;

    CheckedTarget(SnapshotTarget target) {
        this.target = target;
    }

    @Override
    public void begin(long sequence, long takenAtMillis) throws IOException {
        require(!begun, "it begins twice");
        begun = true;
        target.begin(sequence, takenAtMillis);
    }

    @Override
    public void sequence(String name, long last) throws IOException {
        require(begun && !ended && part == null, "it has a sequence in the wrong place");
        require(sequences.add(name), "it has the sequence '" + name + "' twice");
        require(last > 0, "the sequence '" + name + "' is at " + last);
        target.sequence(name, last);
    }

    @Override
    public void part(SnapshotPart next) throws IOException {
        require(begun && !ended, "it has a part in the wrong place");
        requireComplete();
        require(names.add(next.shown()), "it has the " + next.shown() + " twice");
        part = next;
        inPart = 0;
        target.part(next);
    }

    @Override
    public void document(Object id, long revision, RecordExpiry expiry, Object content) throws IOException {
        count(Kind.COLLECTION);
        documents++;
        require(revision >= 0, "a document has revision " + revision);
        Object ownId = ownId(content);
        require(ownId == null || ownId.equals(id), "the document '" + id + "' says that its id is '" + ownId + "'");
        target.document(id, revision, expiry, content);
    }

    @Override
    public void entry(byte[] key, RecordExpiry expiry, byte[] value) throws IOException {
        count(Kind.KEYSPACE);
        entries++;
        target.entry(key, expiry, value);
    }

    @Override
    public void end() throws IOException {
        require(begun && !ended, "it ends in the wrong place");
        requireComplete();
        ended = true;
        target.end();
    }

    /** Rejects an end with different counts. */
    void requireCounts(SnapshotCounts expected) {
        requireComplete();
        SnapshotCounts counted = new SnapshotCounts(sequences.size(), names.size(), documents, entries);
        require(counted.equals(expected), "it should have " + expected + ", but has " + counted);
    }

    boolean isEnded() {
        return ended;
    }

    private static @Nullable Object ownId(Object content) {
        if (content instanceof Map<?, ?> fields) {
            return fields.get(DocumentCodec.ID_FIELD);
        }
        DocumentValue id = content instanceof DocumentValue document ? document.field(DocumentCodec.ID_FIELD) : null;
        Object own = id == null ? null : id.toObject();
        return own instanceof Integer small ? (Object) small.longValue() : own;
    }

    private void count(Kind kind) {
        require(part != null && part.kind() == kind && !ended, "it has something outside of its parts");
        inPart++;
    }

    private void requireComplete() {
        if (part != null) {
            require(
                    inPart == part.count(),
                    "the " + part.shown() + " should have " + part.count() + ", but has " + inPart);
        }
    }

    private static void require(boolean condition, String problem) {
        if (!condition) {
            throw new MalformedBytesException(problem);
        }
    }
}
