package org.storedb.benchmark.engine;

import static org.storedb.benchmark.engine.Capability.BATCHES;
import static org.storedb.benchmark.engine.Capability.DOCUMENTS;
import static org.storedb.benchmark.engine.Capability.DURABLE;
import static org.storedb.benchmark.engine.Capability.FILES;
import static org.storedb.benchmark.engine.Capability.ORDERED;
import static org.storedb.benchmark.engine.Capability.PUTS;
import static org.storedb.benchmark.engine.Capability.READS;

import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.storedb.benchmark.document.DocumentEngine;
import org.storedb.benchmark.document.NitriteDocuments;
import org.storedb.benchmark.document.SqliteDocuments;
import org.storedb.benchmark.document.StoreDbDocuments;
import org.storedb.benchmark.report.Contender;
import org.storedb.benchmark.report.Named;

/** The engines that can be compared, with their settings. */
@SuppressWarnings("ImmutableEnumChecker") // Its collections are never modified, its openers are stateless.
public enum EngineKind implements Contender {
    STOREDB(
            "storedb",
            "StoreDB",
            EnumSet.allOf(Capability.class),
            "defaults; Durability.OS, durable rows Durability.ALWAYS; every read verifies a CRC-32C",
            StoreDbEngine::new),
    HASH_MAP(
            "hash-map",
            "ConcurrentHashMap",
            EnumSet.of(PUTS, READS),
            "bound without files: byte[] keys in a wrapper that keeps the hash code, values cloned on read",
            settings -> new HashMapEngine()),
    SKIP_LIST(
            "skip-list",
            "ConcurrentSkipListMap",
            EnumSet.of(PUTS, READS, ORDERED),
            "bound without files: byte[] keys compared by Arrays.compareUnsigned, values cloned on read",
            settings -> new SkipListEngine()),
    RAW_APPEND(
            "raw-append",
            "raw append",
            EnumSet.of(PUTS, FILES, BATCHES, DURABLE),
            "bound without index: header, CRC-32C, key and value, one FileChannel.write a commit under a lock; durable"
                    + " rows force(false) after each",
            RawAppendEngine::growing),
    RAW_APPEND_DSYNC(
            "raw-append-dsync",
            "raw append, preallocated, O_DSYNC",
            EnumSet.of(PUTS, FILES, BATCHES, DURABLE),
            "as raw append, into a file filled with zeros beforehand, opened with StandardOpenOption.DSYNC in durable"
                    + " rows",
            RawAppendEngine::preallocated),
    MVSTORE(
            "mvstore",
            "H2 MVStore",
            EnumSet.of(PUTS, READS, ORDERED, FILES, BATCHES, DURABLE),
            "cache 1,024 MB, auto-commit off, commit() after each put, durable rows also sync(); count by getKeyIndex",
            MvStoreEngine::committing),
    MVSTORE_AUTO_COMMIT(
            "mvstore-auto",
            "H2 MVStore, auto-commit",
            EnumSet.of(PUTS, READS, ORDERED, FILES, BATCHES),
            "as H2 MVStore, but committed in the background: weaker, a killed process loses up to a second of puts",
            MvStoreEngine::autoCommitting),
    ROCKSDB(
            "rocksdb",
            "RocksDB",
            EnumSet.of(PUTS, READS, ORDERED, FILES, BATCHES, DURABLE),
            "write-ahead log on, sync in durable rows only; LRU block cache 1 GiB, Bloom filter of 10 bits, write buffers"
                    + " 4 x 64 MiB, 2 background threads, no compression (values are random), checksums verified",
            RocksDbEngine::new),
    LMDB(
            "lmdb",
            "LMDB",
            EnumSet.of(PUTS, READS, ORDERED, FILES, BATCHES, DURABLE),
            "lmdbjava without its checks, MDB_NORDAHEAD, MDB_NOSYNC and MDB_WRITEMAP except in durable rows, one read"
                    + " transaction a thread, renewed for each read, byte buffers",
            LmdbEngine::new,
            "-Dlmdbjava.disable.checks=true",
            "--add-opens=java.base/java.nio=ALL-UNNAMED",
            "--add-exports=java.base/sun.nio.ch=ALL-UNNAMED"),
    SQLITE(
            "sqlite",
            "SQLite",
            EnumSet.allOf(Capability.class),
            "JDBC, WAL, synchronous off, in durable rows full, 256 MiB cache, mmap_size 4 GiB, table without rowid,"
                    + " prepared statements, one connection a thread",
            SqliteEngine::new),
    BERKELEY_DB(
            "je",
            "Berkeley DB JE",
            EnumSet.of(PUTS, READS, ORDERED, FILES, BATCHES, DURABLE),
            "COMMIT_WRITE_NO_SYNC, in durable rows COMMIT_SYNC, cache 60 % of the heap, key prefixing, scans read"
                    + " uncommitted",
            BerkeleyDbEngine::new),
    CHRONICLE_MAP(
            "chronicle-map",
            "Chronicle Map",
            EnumSet.of(PUTS, READS, FILES),
            "persisted map of constant sizes, made for four times the entries; unordered, without transactions,"
                    + " written through a map of the file and never synced",
            ChronicleMapEngine::new,
            "--add-exports=java.base/jdk.internal.ref=ALL-UNNAMED",
            "--add-exports=java.base/sun.nio.ch=ALL-UNNAMED",
            "--add-exports=jdk.unsupported/sun.misc=ALL-UNNAMED",
            "--add-exports=jdk.compiler/com.sun.tools.javac.file=ALL-UNNAMED",
            "--add-opens=jdk.compiler/com.sun.tools.javac=ALL-UNNAMED",
            "--add-opens=java.base/java.lang=ALL-UNNAMED",
            "--add-opens=java.base/java.lang.reflect=ALL-UNNAMED",
            "--add-opens=java.base/java.io=ALL-UNNAMED",
            "--add-opens=java.base/java.util=ALL-UNNAMED",
            "-Dchronicle.analytics.disable=true"),
    MAPDB(
            "mapdb",
            "MapDB",
            EnumSet.of(PUTS, READS, ORDERED, FILES, BATCHES, DURABLE),
            "B-tree in a mapped file without crash protection (weaker than the others); transactions in durable rows only",
            MapDbEngine::new),
    NITRITE(
            "nitrite",
            "Nitrite",
            EnumSet.of(DOCUMENTS),
            "documents only: MVStore module, default auto-commit, unique index on the key",
            settings -> {
                throw new UnsupportedOperationException("Nitrite is measured with documents only");
            });

    private final String id;
    private final String title;
    private final Set<Capability> capabilities;
    private final String settings;
    private final Function<EngineSettings, Engine> opener;
    private final List<String> jvmOptions;

    EngineKind(
            String id,
            String title,
            Set<Capability> capabilities,
            String settings,
            Function<EngineSettings, Engine> opener,
            String... jvmOptions) {
        this.id = id;
        this.title = title;
        this.capabilities = capabilities;
        this.settings = settings;
        this.opener = opener;
        this.jvmOptions = List.of(jvmOptions);
    }

    /** Returns the engine with this id. */
    public static EngineKind of(String id) {
        return Named.find(values(), id, "engine");
    }

    @Override
    public String id() {
        return id;
    }

    @Override
    public String title() {
        return title;
    }

    public Set<Capability> capabilities() {
        return capabilities;
    }

    public boolean can(Capability capability) {
        return capabilities.contains(capability);
    }

    @Override
    public String settings() {
        return settings;
    }

    @Override
    public List<String> jvmOptions() {
        return jvmOptions;
    }

    /**
     * Opens the engine as a store of documents in an empty directory; a commit is done when the operating system has
     * it.
     */
    public DocumentEngine openDocuments(Path directory) {
        return switch (this) {
            case STOREDB -> new StoreDbDocuments(directory);
            case SQLITE -> new SqliteDocuments(directory);
            case NITRITE -> new NitriteDocuments(directory);
            default -> throw new UnsupportedOperationException(title + " has no documents");
        };
    }

    /** Opens the engine, with what earlier processes have written to its directory. */
    public Engine open(EngineSettings engineSettings) {
        return opener.apply(engineSettings);
    }
}
