package org.storedb;

import java.math.BigDecimal;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;
import org.storedb.document.DocumentCodec;
import org.storedb.error.OperationCancelledException;
import org.storedb.internal.document.CatalogEntry;
import org.storedb.internal.document.CatalogEntry.Kind;
import org.storedb.internal.document.DocumentId;
import org.storedb.internal.document.EncodedValue;
import org.storedb.internal.document.FieldDictionary;
import org.storedb.internal.index.TreeRange;
import org.storedb.internal.transaction.StoredRecord;
import org.storedb.internal.transaction.TreeView;
import org.storedb.internal.view.ViewIndex;
import org.storedb.internal.view.ViewProgress;
import org.storedb.internal.view.ViewRows;
import org.storedb.maintenance.OperationMonitor;
import org.storedb.maintenance.OperationProgress;
import org.storedb.view.View;
import org.storedb.view.ViewPage;
import org.storedb.view.ViewQuery;
import org.storedb.view.ViewRow;
import org.storedb.view.ViewStatistics;
import org.storedb.view.ViewStatus;

/** A view of a collection, seen through a session. */
final class LocalView<T> implements View<T> {

    private final Session session;
    private final String collection;
    private final DocumentDecoding<T> decoding;
    private final ViewIndex<?> index;

    LocalView(Session session, String collection, DocumentCodec<T> codec, ViewIndex<?> index) {
        this.session = session;
        this.collection = collection;
        this.decoding = new DocumentDecoding<>(collection, codec);
        this.index = index;
    }

    @Override
    public String name() {
        return index.name();
    }

    @Override
    public int version() {
        return index.version();
    }

    @Override
    public ViewPage<T> page(ViewQuery query) {
        Moment moment = now(documents -> {});
        List<ViewRow<T>> rows = stream(moment, query).toList();
        long total = moment.rows.total(query);
        return new ViewPage<>(rows, Math.min(query.startIndex(), total), total);
    }

    @Override
    public Stream<ViewRow<T>> stream(ViewQuery query) {
        return stream(now(documents -> {}), query);
    }

    @Override
    public long count(ViewQuery query) {
        long total = now(documents -> {}).rows.total(query);
        return Math.min(query.limit(), Math.max(0, total - query.startIndex()));
    }

    @Override
    public Map<@Nullable Object, Long> countByKey(ViewQuery query) {
        return now(documents -> {}).rows.countByKey(query);
    }

    @Override
    public BigDecimal sum(ViewQuery query) {
        return statistics(query).sum();
    }

    @Override
    public ViewStatistics statistics(ViewQuery query) {
        return now(documents -> {}).rows.statistics(query);
    }

    @Override
    public ViewStatus status() {
        return now(documents -> {}).rows.status(name(), version());
    }

    @Override
    public void refresh(OperationMonitor monitor) {
        now(documents -> {
            monitor.progress(new OperationProgress("updating view '" + name() + "'", documents, 0));
            session.engine().requireOpen();
            if (monitor.isCancelled()) {
                throw new OperationCancelledException("The update of view '" + name() + "' was cancelled");
            }
        });
    }

    private Stream<ViewRow<T>> stream(Moment moment, ViewQuery query) {
        Iterator<ViewRows.Row> rows = moment.rows.rows(query);
        int characteristics = Spliterator.ORDERED | Spliterator.NONNULL;
        return StreamSupport.stream(Spliterators.spliteratorUnknownSize(rows, characteristics), false)
                .map(row -> new ViewRow<>(
                        row.id(),
                        row.key(),
                        row.value(),
                        query.readsDocuments() ? document(moment, row.recordKey()) : null));
    }

    private T document(Moment moment, byte[] recordKey) {
        StoredRecord record = moment.view.read(
                recordKey, Objects.requireNonNull(moment.rows.records().get(recordKey), "A row is of a document"));
        FieldDictionary dictionary = Objects.requireNonNull(moment.dictionary, "Without documents there are no rows");
        EncodedValue document = EncodedValue.document(record.value(), dictionary);
        return decoding.decode(document, record.revision(), () -> DocumentId.decode(recordKey));
    }

    private Moment now(ViewProgress progress) {
        TreeView view = session.view();
        CatalogEntry entry = session.findEntry(view, Kind.COLLECTION, collection);
        if (entry == null) {
            return new Moment(view, null, ViewRows.NONE);
        }
        view.noteRangeRead(entry.treeId(), TreeRange.all());
        FieldDictionary dictionary = session.engine().catalog().dictionary(entry);
        return new Moment(view, dictionary, index.rows(view, entry.treeId(), dictionary, progress));
    }

    /** The state that a reader sees. */
    private record Moment(TreeView view, @Nullable FieldDictionary dictionary, ViewRows rows) {}
}
