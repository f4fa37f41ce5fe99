package org.storedb.search;

import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.storedb.Store;
import org.storedb.document.DocumentCodec;
import org.storedb.maintenance.OperationMonitor;
import org.storedb.search.definition.TextIndexDefinition;

/**
 * Finds documents of one collection by their text. It follows the commits of its store, and can be lost: it is derived from
 * the documents, and built anew whenever it cannot be gone on from. Close it before the store. Safe for use by many threads.
 *
 * <pre>{@code
 * TextIndexDefinition definition = TextIndexDefinition.of("books")
 *         .field("title", TextAnalyzer.words(), 3)
 *         .field("summary", TextAnalyzer.language(Language.ENGLISH));
 * try (TextIndex books = TextIndex.open(store, definition, Path.of("data-books-text"))) {
 *     books.search(TextSearch.of("old harbour").where(Filter.gte("year", 1990)), Book.class).hits();
 * }
 * }</pre>
 *
 * <p>Every method throws a {@link org.storedb.error.StoreClosedException} when the index or the store is closed, and {@link
 * org.storedb.error.StoreIoException} when the files of the index cannot be read or written.
 */
public interface TextIndex extends AutoCloseable {

    /** Opens an index with {@linkplain TextIndexOptions#defaults() default options}. */
    static TextIndex open(Store store, TextIndexDefinition definition, Path directory) {
        return open(store, definition, directory, TextIndexOptions.defaults());
    }

    /**
     * Opens the index in a directory, and brings it up to date: from the log, or, if there is none, or it does not fit the
     * store or the definition, or is damaged, from the documents.
     *
     * @param directory for this index alone; created if need be. It has the words of the documents in it, in clear, also if
     *     the store is encrypted
     * @throws org.storedb.error.MissingLibraryException if Lucene is not there
     * @throws org.storedb.error.StoreLockedException if an index in this directory is open
     * @throws org.storedb.error.ReadOnlyException if the store is open for reading only; take an index in memory
     * @throws IllegalStateException if an index of this name is open on the store
     * @throws IllegalArgumentException if the definition has no field, or the directory has files of another kind
     * @throws org.storedb.error.OperationCancelledException if the monitor wants it
     */
    static TextIndex open(Store store, TextIndexDefinition definition, Path directory, TextIndexOptions options) {
        return TextIndexes.open(store, definition, directory, options);
    }

    /** Builds an index in memory with {@linkplain TextIndexOptions#defaults() default options}. */
    static TextIndex inMemory(Store store, TextIndexDefinition definition) {
        return inMemory(store, definition, TextIndexOptions.defaults());
    }

    /**
     * Builds an index in memory: for small collections, for tests, and for stores that are open for reading only.
     *
     * @throws org.storedb.error.MissingLibraryException if Lucene is not there
     * @throws IllegalArgumentException if the definition has no field
     * @throws org.storedb.error.OperationCancelledException if the monitor wants it
     */
    static TextIndex inMemory(Store store, TextIndexDefinition definition, TextIndexOptions options) {
        return TextIndexes.inMemory(store, definition, options);
    }

    TextIndexDefinition definition();

    /** {@link #search(TextSearch, DocumentCodec)} with documents as maps. */
    TextResults<Map<String, @Nullable Object>> search(TextSearch search);

    /** {@link #search(TextSearch, DocumentCodec)} with documents as objects of a class. */
    <T> TextResults<T> search(TextSearch search, Class<T> type);

    /**
     * Finds documents.
     *
     * @throws org.storedb.error.InvalidQueryException if the search names a text field that the index does not have, or its
     *     filter or sort does not fit the documents
     */
    <T> TextResults<T> search(TextSearch search, DocumentCodec<T> codec);

    /** How many documents match; offset and limit do not count. */
    long count(TextSearch search);

    TextIndexStatus status();

    /** Makes the files of the index have everything that was committed before. It is done by itself now and then. */
    void commit();

    /** {@link #verify(OperationMonitor)} that nobody watches. */
    default TextIndexReport verify() {
        return verify(OperationMonitor.none());
    }

    /**
     * Brings the index up to date, reads all of it and compares it with all documents, in the calling thread; nothing is
     * repaired. What has expired is {@linkplain Store#purgeExpired() purged} first. Takes memory for each document, some 100
     * bytes.
     *
     * @throws org.storedb.error.OperationCancelledException if the monitor wants it
     */
    TextIndexReport verify(OperationMonitor monitor);

    /**
     * Builds the index anew from the documents. Searches that do not need to be current go on meanwhile.
     *
     * @throws org.storedb.error.OperationCancelledException if the monitor wants it; the next search that needs it
     *     builds it then
     */
    void rebuild(OperationMonitor monitor);

    /** Commits the index and ends it; the files can be opened again, or deleted. Closing again does nothing. */
    @Override
    void close();
}
