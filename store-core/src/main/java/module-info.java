/** The storage engine of StoreDB: an embedded, crash-safe document store. */
@SuppressWarnings("requires-automatic") // LZ4 has no other module.
module org.storedb.core {
    requires transitive org.jspecify;
    requires tools.jackson.databind;

    // Optional, for JsonSchema.
    requires static com.networknt.schema;

    // Optional, for Compression.
    requires static org.lz4.java;
    requires static com.github.luben.zstd_jni;

    exports org.storedb;
    exports org.storedb.document;
    exports org.storedb.error;
    exports org.storedb.feed;
    exports org.storedb.index;
    exports org.storedb.maintenance;
    exports org.storedb.migration;
    exports org.storedb.query;
    exports org.storedb.query.text;
    exports org.storedb.storage;
    exports org.storedb.view;
    exports org.storedb.transfer;
    exports org.storedb.validation;
}
