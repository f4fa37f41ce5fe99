package org.storedb.benchmark.workload;

import static org.storedb.benchmark.engine.Capability.BATCHES;
import static org.storedb.benchmark.engine.Capability.FILES;
import static org.storedb.benchmark.engine.Capability.ORDERED;
import static org.storedb.benchmark.engine.Capability.PUTS;
import static org.storedb.benchmark.engine.Capability.READS;

import java.util.Set;
import org.storedb.benchmark.engine.Capability;
import org.storedb.benchmark.engine.EngineKind;
import org.storedb.benchmark.report.MeasuredRow;
import org.storedb.benchmark.report.Named;
import org.storedb.benchmark.report.Unit;

/** The measurements: the rows of the table. */
@SuppressWarnings("ImmutableEnumChecker") // Its set is never modified.
public enum Row implements MeasuredRow {
    PUT("put", "put of new keys, one per commit", Unit.PER_SECOND, Phase.FILL, PUTS),
    OPEN_KILLED("open-killed", "open after kill", Unit.MILLISECONDS, Phase.REOPEN, FILES, READS),
    DISK("disk", "bytes on disk after fill ÷ keys and values", Unit.TIMES, Phase.REOPEN, FILES, READS),
    OPEN_CLEAN("open-clean", "open after close", Unit.MILLISECONDS, Phase.READ, FILES, READS),
    GET("get", "get, existing keys", Unit.PER_SECOND, Phase.READ, READS),
    GET_2("get-2", "get, existing keys, 2 threads", Unit.PER_SECOND, Phase.READ, READS),
    GET_ABSENT("get-absent", "get, absent keys", Unit.PER_SECOND, Phase.READ, READS),
    SEEK("seek", "seek + 100 entries", Unit.PER_SECOND, Phase.READ, ORDERED),
    COUNT("count", "count of a random 10 % range", Unit.MICROSECONDS, Phase.READ, ORDERED),
    SCAN("scan", "full scan after compaction, entries", Unit.PER_SECOND, Phase.READ, ORDERED),
    SEEK_SETTLED("seek-settled", "seek + 100 entries after compaction", Unit.PER_SECOND, Phase.READ, ORDERED),
    HEAP("heap", "heap per entry after gets", Unit.BYTES, Phase.READ, READS),
    HEAP_SCANNED("heap-scanned", "heap per entry after seeks", Unit.BYTES, Phase.READ, ORDERED),
    OVERWRITE("overwrite", "overwrite, one per commit", Unit.PER_SECOND, Phase.WRITE, READS),
    YCSB_A("ycsb-a", "YCSB A, 2 threads: 50 % read, 50 % update", Unit.PER_SECOND, Phase.WRITE, READS),
    YCSB_B("ycsb-b", "YCSB B: 95 % read, 5 % update", Unit.PER_SECOND, Phase.WRITE, READS),
    YCSB_C("ycsb-c", "YCSB C: read only", Unit.PER_SECOND, Phase.WRITE, READS),
    YCSB_D("ycsb-d", "YCSB D: 95 % read of latest, 5 % insert", Unit.PER_SECOND, Phase.WRITE, READS),
    YCSB_E("ycsb-e", "YCSB E: 95 % scan of 1–100, 5 % insert", Unit.PER_SECOND, Phase.WRITE, ORDERED),
    YCSB_F("ycsb-f", "YCSB F: 50 % read, 50 % read and update", Unit.PER_SECOND, Phase.WRITE, READS),
    WORST_GET("worst-get", "get p99.9 while writes and compaction run", Unit.MICROSECONDS, Phase.WRITE, READS),
    BATCH("batch", "put, 1,000 per transaction", Unit.PER_SECOND, Phase.BATCH, BATCHES),
    DURABLE_1("durable", "durable put, 1 thread", Unit.PER_SECOND, Phase.DURABLE, Capability.DURABLE),
    DURABLE_16("durable-16", "durable put, 16 threads", Unit.PER_SECOND, Phase.DURABLE, Capability.DURABLE),
    DOCUMENT_INSERT(
            "document-insert",
            "typed document insert, 1 index",
            Unit.PER_SECOND,
            Phase.DOCUMENTS,
            Capability.DOCUMENTS),
    DOCUMENT_GET("document-get", "typed document get", Unit.PER_SECOND, Phase.DOCUMENTS, Capability.DOCUMENTS);

    private final String id;
    private final String title;
    private final Unit unit;
    private final Phase phase;
    private final Set<Capability> needed;

    Row(String id, String title, Unit unit, Phase phase, Capability... needed) {
        this.id = id;
        this.title = title;
        this.unit = unit;
        this.phase = phase;
        this.needed = Set.of(needed);
    }

    /** Returns the row with this id. */
    public static Row of(String id) {
        return Named.find(values(), id, "row");
    }

    @Override
    public String id() {
        return id;
    }

    @Override
    public String title() {
        return title;
    }

    @Override
    public Unit unit() {
        return unit;
    }

    public Phase phase() {
        return phase;
    }

    public boolean fits(EngineKind engine) {
        return engine.capabilities().containsAll(needed);
    }
}
