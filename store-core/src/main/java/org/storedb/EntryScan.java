package org.storedb;

import java.util.function.Consumer;
import org.storedb.internal.transaction.RecordScan;

/** The entries of a scan. */
final class EntryScan extends SizedScan<KeyValue> {

    private final RecordScan records;

    EntryScan(RecordScan records) {
        this.records = records;
    }

    @Override
    public boolean tryAdvance(Consumer<? super KeyValue> action) {
        if (!records.next()) {
            return false;
        }
        action.accept(new KeyValue(records.key(), records.readValue()));
        return true;
    }

    @Override
    public void forEachRemaining(Consumer<? super KeyValue> action) {
        while (records.next()) {
            action.accept(new KeyValue(records.key(), records.readValue()));
        }
    }

    @Override
    public long estimateSize() {
        return records.remaining();
    }
}
