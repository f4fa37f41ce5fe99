/** The storage engine of StoreDB: an embedded, crash-safe document store. */
module org.storedb.core {
    requires transitive org.jspecify;
    requires tools.jackson.databind;

    exports org.storedb;
    exports org.storedb.document;
    exports org.storedb.error;
    exports org.storedb.maintenance;
    exports org.storedb.query;
    exports org.storedb.query.text;
    exports org.storedb.storage;
}
