package org.storedb.internal.document;

import java.util.List;
import org.storedb.index.IndexDefinition;
import org.storedb.internal.document.CatalogEntry.IndexEntry;
import org.storedb.internal.document.CatalogEntry.Kind;

/** Definitions of indexes as bytes, as stored in the catalog. */
public final class IndexDefinitions {

    private static final byte[] KEY = CatalogFormat.entryKey(Kind.COLLECTION, "c");

    private IndexDefinitions() {}

    public static byte[] encode(List<IndexDefinition> definitions) {
        return CatalogFormat.encodeEntry(
                0,
                definitions.stream()
                        .map(definition -> new IndexEntry(definition, 0))
                        .toList());
    }

    /**
     * Returns the definitions that were encoded.
     *
     * @throws org.storedb.internal.bytes.MalformedBytesException if they are not definitions
     * @throws org.storedb.error.UnsupportedFormatException if a newer release wrote them
     */
    public static List<IndexDefinition> decode(byte[] bytes) {
        return CatalogFormat.decodeEntry(Kind.COLLECTION, KEY, bytes, 0).indexes().stream()
                .map(IndexEntry::definition)
                .toList();
    }
}
