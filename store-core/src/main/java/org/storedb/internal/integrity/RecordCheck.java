package org.storedb.internal.integrity;

import java.util.Map;
import org.storedb.error.CorruptStoreException;
import org.storedb.error.StoreIoException;
import org.storedb.internal.document.Catalog;
import org.storedb.internal.document.CatalogEntry;
import org.storedb.internal.document.CatalogService;
import org.storedb.internal.document.KeyNames;
import org.storedb.internal.document.MalformedDocumentException;
import org.storedb.internal.index.CountedTree;
import org.storedb.internal.index.TreeCursor;
import org.storedb.internal.index.TreeRange;
import org.storedb.internal.io.ProgressMeter;
import org.storedb.internal.log.RecordExpiry;
import org.storedb.internal.transaction.RecordPointer;
import org.storedb.internal.transaction.RecordReader;
import org.storedb.internal.transaction.SpaceAccounting;
import org.storedb.internal.transaction.StoreState;
import org.storedb.internal.transaction.StoredRecord;
import org.storedb.maintenance.StoreProblem;
import org.storedb.maintenance.StoreProblem.Kind;

/** Reads every current record through the index, and compares the secondary indexes with the documents. */
final class RecordCheck {

    private final StoreState state;
    private final CatalogService catalogs;
    private final Catalog catalog;
    private final LogCheck log;
    private final KeyNames names;
    private final Problems problems;
    private final ProgressMeter meter;
    private final SpaceAccounting expected = new SpaceAccounting();
    private long records;
    private long indexEntries;

    RecordCheck(
            StoreState state,
            CatalogService catalogs,
            LogCheck log,
            KeyNames names,
            Problems problems,
            ProgressMeter meter) {
        this.state = state;
        this.catalogs = catalogs;
        this.catalog = catalogs.catalogOf(state);
        this.log = log;
        this.names = names;
        this.problems = problems;
        this.meter = meter;
    }

    void run() {
        int[] treeIds = state.records().ids();
        long entries = 0;
        for (int treeId : treeIds) {
            entries += state.records().get(treeId).size();
        }
        meter.begin("reading the records", entries);
        for (int treeId : treeIds) {
            checkInvariants(state.records().get(treeId), catalog.nameOf(treeId));
            IndexCheck indexes = indexesOf(treeId);
            ExpiryCheck expiries = new ExpiryCheck(state.expiries(), treeId, names, problems);
            checkTree(treeId, indexes, expiries);
            indexEntries += indexes.finish();
            expiries.finish();
        }
        for (CatalogEntry collection : catalog.all(CatalogEntry.Kind.COLLECTION)) {
            if (state.records().get(collection.treeId()).isEmpty()) {
                indexEntries += indexesOf(collection.treeId()).finish();
            }
        }
    }

    long records() {
        return records;
    }

    long indexEntries() {
        return indexEntries;
    }

    /**
     * Compares the figures of live bytes with the total of the records.
     *
     * @param liveBytes the figures of each segment, taken together with the state
     */
    void checkFigures(Map<Integer, Long> liveBytes) {
        liveBytes.forEach((segment, figure) -> {
            long actual = expected.liveBytesOfSegment(segment);
            if (actual != figure) {
                problems.add(StoreProblem.ofStore(
                        Kind.WRONG_FIGURES,
                        "Segment " + segment + " has " + actual + " live bytes, but the accounting says " + figure));
            }
        });
    }

    private IndexCheck indexesOf(int treeId) {
        for (CatalogEntry collection : catalog.all(CatalogEntry.Kind.COLLECTION)) {
            if (collection.treeId() == treeId) {
                collection
                        .indexes()
                        .forEach(index -> checkInvariants(
                                state.indexes().get(index.treeId()), IndexCheck.nameOf(collection, index)));
                return new IndexCheck(state, collection, catalogs.dictionary(collection), problems);
            }
        }
        return IndexCheck.NONE;
    }

    private void checkTree(int treeId, IndexCheck indexes, ExpiryCheck expiries) {
        TreeCursor<RecordPointer> cursor = state.records().get(treeId).cursor(TreeRange.all());
        for (long rank = 0; cursor.next(); rank++) {
            byte[] key = cursor.key();
            RecordPointer pointer = cursor.value();
            records++;
            expected.written(pointer.segment(), treeId, key.length, pointer.length());
            if (!log.hasFound(treeId, rank) && !problems.isDamaged(pointer.segment())) {
                KeyNames.Name name = names.of(treeId, key);
                problems.add(
                        Kind.EXTRA_RECORD,
                        null,
                        pointer.offset(),
                        name,
                        "The index has " + name + " at byte " + pointer.offset() + " of segment " + pointer.segment()
                                + ", where the log does not have it");
            }
            checkRecord(treeId, key, pointer, indexes, expiries);
            meter.advance(1);
        }
    }

    private void checkRecord(int treeId, byte[] key, RecordPointer pointer, IndexCheck indexes, ExpiryCheck expiries) {
        String file = null;
        try {
            file = state.segments().get(pointer.segment()).fileName();
            RecordExpiry expiry;
            if (indexes.isEmpty() || state.expiries().findExpired(treeId, key) != null) { // Then it is in no index.
                expiry = RecordReader.readVerified(state.segments(), key, pointer)
                        .expiry();
            } else {
                StoredRecord record = RecordReader.read(state.segments(), key, pointer);
                expiry = record.expiry();
                indexes.check(key, record.value());
            }
            expiries.check(key, expiry);
        } catch (CorruptStoreException | StoreIoException | MalformedDocumentException | IllegalStateException e) {
            indexes.skip(key);
            expiries.skip(key);
            KeyNames.Name name = names.of(treeId, key);
            problems.add(
                    Kind.DAMAGED_RECORD,
                    file,
                    pointer.offset(),
                    name,
                    "The value of " + name + " cannot be read: " + e.getMessage());
        }
    }

    private void checkInvariants(CountedTree<?> tree, String name) {
        try {
            tree.checkInvariants();
        } catch (IllegalStateException e) {
            problems.add(StoreProblem.ofTree(Kind.BROKEN_TREE, name, "The tree of " + name + ": " + e.getMessage()));
        }
    }
}
