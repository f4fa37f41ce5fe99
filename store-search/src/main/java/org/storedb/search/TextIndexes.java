package org.storedb.search;

import java.nio.file.Path;
import java.util.function.Supplier;
import org.storedb.Store;
import org.storedb.error.MissingLibraryException;
import org.storedb.error.ReadOnlyException;
import org.storedb.search.definition.TextIndexDefinition;

/** Opens text indexes, if Lucene is available. */
final class TextIndexes {

    private TextIndexes() {}

    static TextIndex open(Store store, TextIndexDefinition definition, Path directory, TextIndexOptions options) {
        requireFields(definition);
        if (store.isReadOnly()) {
            throw new ReadOnlyException(
                    "The store is open for reading only, so a text index cannot record its position; use"
                            + " TextIndex.inMemory");
        }
        return withLibrary(() -> LocalTextIndex.inDirectory(store, definition, directory, options));
    }

    static TextIndex inMemory(Store store, TextIndexDefinition definition, TextIndexOptions options) {
        requireFields(definition);
        return withLibrary(() -> LocalTextIndex.inMemory(store, definition, options));
    }

    private static void requireFields(TextIndexDefinition definition) {
        if (definition.fields().isEmpty()) {
            throw new IllegalArgumentException("The text index " + definition.name()
                    + " has no field; add the fields to be searched with TextIndexDefinition.field");
        }
    }

    static <R> R withLibrary(Supplier<R> opened) {
        try {
            return opened.get();
        } catch (NoClassDefFoundError e) {
            if (!String.valueOf(e.getMessage()).contains("org/apache/lucene")) {
                throw e;
            }
            throw new MissingLibraryException(
                    "Text search needs the libraries lucene-core, lucene-analysis-common and lucene-highlighter of"
                            + " org.apache.lucene, of which one cannot be loaded (" + e
                            + "); add it to the dependencies of the application",
                    e);
        }
    }
}
