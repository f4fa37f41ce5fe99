package org.storedb.search;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Supplier;
import org.apache.lucene.store.ByteBuffersDirectory;
import org.apache.lucene.store.FSDirectory;
import org.storedb.Store;
import org.storedb.error.MissingLibraryException;
import org.storedb.error.ReadOnlyException;
import org.storedb.error.StoreIoException;
import org.storedb.search.definition.TextIndexDefinition;

/** Opens text indexes. */
final class TextIndexes {

    private TextIndexes() {}

    static TextIndex open(Store store, TextIndexDefinition definition, Path directory, TextIndexOptions options) {
        requireFields(definition);
        if (store.isReadOnly()) {
            throw new ReadOnlyException(
                    "The store is open for reading only, where a text index cannot record how far it"
                            + " has come; take TextIndex.inMemory");
        }
        return withLibrary(() -> {
            try {
                Files.createDirectories(directory);
                return new LocalTextIndex(
                        store, definition, FSDirectory.open(directory), directory.toString(), options);
            } catch (IOException e) {
                throw new StoreIoException(
                        "The directory " + directory + " of a text index cannot be used: " + e.getMessage(), e);
            }
        });
    }

    static TextIndex inMemory(Store store, TextIndexDefinition definition, TextIndexOptions options) {
        requireFields(definition);
        return withLibrary(() -> new LocalTextIndex(store, definition, new ByteBuffersDirectory(), null, options));
    }

    private static void requireFields(TextIndexDefinition definition) {
        if (definition.fields().isEmpty()) {
            throw new IllegalArgumentException("The text index " + definition.name()
                    + " has no field; name those whose text is looked for, with TextIndexDefinition.field");
        }
    }

    private static TextIndex withLibrary(Supplier<TextIndex> opened) {
        try {
            return opened.get();
        } catch (NoClassDefFoundError e) {
            throw new MissingLibraryException(
                    "Text search needs the libraries lucene-core, lucene-analysis-common and lucene-highlighter of"
                            + " org.apache.lucene, of which one cannot be loaded (" + e
                            + "); add it to the dependencies of the application",
                    e);
        }
    }
}
