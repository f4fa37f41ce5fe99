/** Full-text search over the documents of a store, with Lucene. */
module org.storedb.search {
    requires transitive org.storedb.core;
    requires transitive org.jspecify;
    requires transitive org.apache.lucene.core; // For custom analyzers of the application.
    requires org.apache.lucene.analysis.common;
    requires org.apache.lucene.highlighter;

    // Lucene does not require these, but warns without them: it cannot unmap files, for example.
    requires jdk.management;
    requires jdk.unsupported;

    exports org.storedb.search;
    exports org.storedb.search.definition;
    exports org.storedb.search.query;
}
