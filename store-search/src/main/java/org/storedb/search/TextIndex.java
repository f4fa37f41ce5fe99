package org.storedb.search;

import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.storedb.Store;
import org.storedb.document.DocumentCodec;
import org.storedb.maintenance.OperationMonitor;
import org.storedb.search.definition.TextIndexDefinition;

/**
 * Finds documents of one collection by their text. It follows the commits of its store. It is derived from the
 * documents and may be lost: it is rebuilt whenever it cannot be resumed. Close it before the store. Safe for use by
 * many threads.
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
 * <p>Every method throws a {@link org.storedb.error.StoreClosedException} when the index or the store is closed, and
 * {@link org.storedb.error.StoreIoException} when the files of the index cannot be read or written.
 */
public interface TextIndex extends AutoCloseable {

    /** Opens an index with {@linkplain TextIndexOptions#defaults() default options}. */
    static TextIndex open(Store store, TextIndexDefinition definition, Path directory) {
        return open(store, definition, directory, TextIndexOptions.defaults());
    }

    /**
     * Opens the index in a directory, and brings it up to date: from the log, or from the documents if there is no
     * index yet, or it does not fit the store or the definition, or is damaged.
     *
     * @param directory only for this index; created if necessary. It contains the words of the documents unencrypted,
     *     even if the store is encrypted
     * @throws org.storedb.error.MissingLibraryException if Lucene is missing
     * @throws org.storedb.error.StoreLockedException if an index in this directory is open
     * @throws org.storedb.error.ReadOnlyException if the store is open for reading only; use an index in memory
     * @throws IllegalStateException if an index of this name is open on the store
     * @throws IllegalArgumentException if the definition has no field, or the directory has files of another kind
     * @throws org.storedb.error.OperationCancelledException if the monitor cancels it
     */
    static TextIndex open(Store store, TextIndexDefinition definition, Path directory, TextIndexOptions options) {
        return TextIndexes.open(store, definition, directory, options);
    }

    /** Builds an index in memory with {@linkplain TextIndexOptions#defaults() default options}. */
    static TextIndex inMemory(Store store, TextIndexDefinition definition) {
        return inMemory(store, definition, TextIndexOptions.defaults());
    }

    /**
     * Builds an index in memory, for small collections, tests, and stores that are open for reading only.
     *
     * @throws org.storedb.error.MissingLibraryException if Lucene is missing
     * @throws IllegalArgumentException if the definition has no field
     * @throws org.storedb.error.OperationCancelledException if the monitor cancels it
     */
    static TextIndex inMemory(Store store, TextIndexDefinition definition, TextIndexOptions options) {
        return TextIndexes.inMemory(store, definition, options);
    }

    TextIndexDefinition definition();

    /** Finds documents, returned as maps; see {@link #search(TextSearch, DocumentCodec)}. */
    TextResults<Map<String, @Nullable Object>> search(TextSearch search);

    /** Finds documents, returned as objects of a class; see {@link #search(TextSearch, DocumentCodec)}. */
    <T> TextResults<T> search(TextSearch search, Class<T> type);

    /**
     * Finds documents, converted by {@code codec}.
     *
     * @throws org.storedb.error.InvalidQueryException if the search names a text field that the index does not have, or
     *     its filter or sort does not fit the documents
     */
    <T> TextResults<T> search(TextSearch search, DocumentCodec<T> codec);

    /** Returns how many documents match; offset and limit do not apply. */
    long count(TextSearch search);

    TextIndexStatus status();

    /**
     * Commits the index, so that its files contain everything that was committed before. This also happens
     * periodically.
     */
    void commit();

    /** Verifies the index like {@link #verify(OperationMonitor)}, without a monitor. */
    default TextIndexReport verify() {
        return verify(OperationMonitor.none());
    }

    /**
     * Brings the index up to date, reads all of it and compares it with all documents, on the calling thread; nothing
     * is repaired. Expired documents are {@linkplain Store#purgeExpired() purged} first. Takes some 100 bytes of memory
     * per document.
     *
     * @throws org.storedb.error.OperationCancelledException if the monitor cancels it
     */
    TextIndexReport verify(OperationMonitor monitor);

    /**
     * Rebuilds the index from the documents. Searches that need not be current continue meanwhile.
     *
     * @throws org.storedb.error.OperationCancelledException if the monitor cancels it; the next search that needs the
     *     index then rebuilds it
     */
    void rebuild(OperationMonitor monitor);

    /** Commits and closes the index; its files can be opened again, or deleted. Closing again does nothing. */
    @Override
    void close();
}
