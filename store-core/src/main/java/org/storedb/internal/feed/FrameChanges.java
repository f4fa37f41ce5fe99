package org.storedb.internal.feed;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.storedb.feed.Before;
import org.storedb.feed.Change;
import org.storedb.feed.ChangeKind;
import org.storedb.feed.DocumentImage;
import org.storedb.internal.document.FieldDictionary;
import org.storedb.internal.log.CommitLog;
import org.storedb.internal.log.Frame;
import org.storedb.internal.log.OperationFormat;
import org.storedb.internal.log.RecordLocation;
import org.storedb.internal.log.Segment;

/** Creates changes from the operations of one frame. For one thread. */
final class FrameChanges implements OperationFormat.OperationConsumer {

    private final TreeSelection selection;
    private final Segment segment;
    private final Frame frame;
    private final List<Change> changes = new ArrayList<>(1);
    private final @Nullable CommitLog formerRecords;
    private int flags;
    private @Nullable RecordLocation previous;

    private FrameChanges(TreeSelection selection, Segment segment, Frame frame, @Nullable CommitLog formerRecords) {
        this.selection = selection;
        this.segment = segment;
        this.frame = frame;
        this.formerRecords = formerRecords;
    }

    /**
     * Returns the requested changes of a frame.
     *
     * @param formerRecords where to find previous records; {@code null} if they are not requested
     * @throws org.storedb.internal.bytes.MalformedBytesException if it is not what was written
     */
    static List<Change> of(Segment segment, Frame frame, TreeSelection selection, @Nullable CommitLog formerRecords) {
        FrameChanges target = new FrameChanges(selection, segment, frame, formerRecords);
        OperationFormat.forEach(frame, target);
        return target.changes;
    }

    @Override
    public void next(int nextFlags, @Nullable RecordLocation nextPrevious) {
        flags = nextFlags;
        previous = nextPrevious;
    }

    @Override
    public void put(int treeId, long sequence, byte[] key, int recordOffset, int recordLength) {
        if ((flags & OperationFormat.EXPIRY_ONLY) == 0) {
            ChangeKind kind = (flags & OperationFormat.REPLACING) == 0 ? ChangeKind.INSERT : ChangeKind.UPDATE;
            add(treeId, kind, key, new LoggedRecord(segment, frame, key, recordOffset, recordLength));
        }
    }

    @Override
    public void delete(int treeId, long sequence, byte[] key) {
        if ((flags & OperationFormat.OF_NOTHING) == 0) { // No reader has seen what the transaction itself put there.
            add(treeId, ChangeKind.DELETE, key, null);
        }
    }

    @Override
    public void deleteExpired(int treeId, long sequence, byte[] key) {
        add(treeId, ChangeKind.EXPIRE, key, null);
    }

    private void add(int treeId, ChangeKind kind, byte[] key, @Nullable LoggedRecord record) {
        SelectedTree tree = selection.find(treeId);
        if (tree == null) {
            return;
        }
        FieldDictionary dictionary = tree.dictionary();
        if (dictionary == null) {
            ChangeKind kindOfValue = record == null ? kind : ChangeKind.PUT;
            changes.add(new LoggedValueChange(kindOfValue, tree.name(), key, record, former(key)));
            return;
        }
        LoggedDocument image = record == null ? null : new LoggedDocument(record::decode, dictionary);
        if (image == null || tree.filter() == null || tree.filter().test(image.value())) {
            Before<DocumentImage> before = map(former(key), former -> new LoggedDocument(former::decode, dictionary));
            changes.add(new LoggedDocumentChange(kind, tree.name(), key, image, before));
        }
    }

    private Before<FormerRecord> former(byte[] key) {
        return FormerRecord.of(formerRecords, key, flags, previous);
    }

    static <F, T> Before<T> map(Before<F> before, Function<F, T> image) {
        if (before instanceof Before.Known<F> known) {
            return new Before.Known<>(image.apply(known.image()));
        }
        return before instanceof Before.Unknown<F> unknown
                ? new Before.Unknown<>(unknown.reason())
                : new Before.Nothing<>();
    }
}
