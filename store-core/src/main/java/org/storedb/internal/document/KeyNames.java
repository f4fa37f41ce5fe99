package org.storedb.internal.document;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;
import org.storedb.internal.document.CatalogEntry.Kind;

/** Names of keys for messages. */
public final class KeyNames {

    private static final int KEY_BYTES_SHOWN = 64;

    private final Catalog catalog;

    public KeyNames(Catalog catalog) {
        this.catalog = catalog;
    }

    public Name of(int treeId, byte[] key) {
        String tree = catalog.nameOf(treeId);
        for (CatalogEntry collection : catalog.all(Kind.COLLECTION)) {
            if (collection.treeId() == treeId) {
                return new Name(tree, documentId(key));
            }
        }
        return new Name(tree, text(key));
    }

    /** Returns the id of the document with this key, as text. */
    public static String documentId(byte[] key) {
        try {
            return DocumentId.decode(key).toString();
        } catch (MalformedDocumentException e) {
            return text(key);
        }
    }

    /** Returns the key as is if it is plain text, else as hexadecimal digits. */
    static String text(byte[] key) {
        boolean plain = key.length > 0;
        for (byte each : key) {
            plain &= each >= ' ' && each < 0x7F;
        }
        int shown = Math.min(key.length, KEY_BYTES_SHOWN);
        String text = plain
                ? new String(key, 0, shown, StandardCharsets.US_ASCII)
                : "0x" + HexFormat.of().formatHex(key, 0, shown);
        return shown == key.length ? text : text + "… (" + key.length + " bytes)";
    }

    /** A key and the name of its tree. */
    public record Name(@Nullable String tree, String key) {

        @Override
        public String toString() {
            return "'" + key + "' of " + tree;
        }
    }
}
