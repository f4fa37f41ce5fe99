package org.storedb.internal.document;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.storedb.document.IndexDefinition;
import org.storedb.error.UnsupportedFormatException;
import org.storedb.internal.bytes.ByteReader;
import org.storedb.internal.bytes.ByteWriter;
import org.storedb.internal.document.CatalogEntry.IndexEntry;
import org.storedb.internal.document.CatalogEntry.Kind;

/**
 * Layout of the catalog, which is the tree of records with id 0. Texts are UTF-8.
 *
 * <pre>
 * entry:       key [ kind 1: 1 keyspace, 2 collection ] [ name ]
 *              value [ version 1 ] [ tree id varint ] [ number of indexes varint ]
 *                    for each index [ tree id varint ] [ unique 1 ] [ name ] [ number of fields varint ] [ field ] …
 * field name:  key [ 3 ] [ tree id of the collection 4 ] [ field id 4 ]
 *              value [ name ]
 * next tree:   key [ 4 ]
 *              value [ the smallest tree id that was never used, varint ]
 * </pre>
 *
 * <p>Texts within a value have their length as a varint before them.
 */
final class CatalogFormat {

    static final int TREE_ID = 0;
    static final byte[] NEXT_TREE_KEY = {4};

    private static final int VERSION = 1;
    private static final int FIELD_KEY_KIND = 3;

    private CatalogFormat() {}

    static byte[] entryKey(Kind kind, String name) {
        ByteWriter key = new ByteWriter();
        key.putByte(kind.code()).putBytes(name.getBytes(StandardCharsets.UTF_8));
        return key.toByteArray();
    }

    static byte[] kindPrefix(Kind kind) {
        return new byte[] {(byte) kind.code()};
    }

    static byte[] encodeEntry(int treeId, List<IndexEntry> indexes) {
        ByteWriter value = new ByteWriter();
        value.putByte(VERSION).putVarint(treeId).putVarint(indexes.size());
        for (IndexEntry index : indexes) {
            IndexDefinition definition = index.definition();
            value.putVarint(index.treeId()).putByte(definition.unique() ? 1 : 0);
            putText(value, definition.name());
            value.putVarint(definition.fields().size());
            definition.fields().forEach(field -> putText(value, field));
        }
        return value.toByteArray();
    }

    static CatalogEntry decodeEntry(Kind kind, byte[] key, byte[] value, long sequence) {
        String name = new String(key, 1, key.length - 1, StandardCharsets.UTF_8);
        ByteReader reader = new ByteReader(value);
        int version = reader.readByte();
        if (version != VERSION) {
            throw new UnsupportedFormatException("The catalog entry of '" + name + "' has version " + version
                    + ", this release of StoreDB reads " + VERSION + "; use a newer release");
        }
        int treeId = reader.readVarintAsInt();
        int indexCount = reader.readVarintAsInt();
        List<IndexEntry> indexes = new ArrayList<>();
        for (int i = 0; i < indexCount; i++) {
            int indexTreeId = reader.readVarintAsInt();
            boolean unique = reader.readByte() == 1;
            String indexName = readText(reader);
            int fieldCount = reader.readVarintAsInt();
            List<String> fields = new ArrayList<>();
            for (int j = 0; j < fieldCount; j++) {
                fields.add(readText(reader));
            }
            indexes.add(new IndexEntry(new IndexDefinition(indexName, fields, unique), indexTreeId));
        }
        return new CatalogEntry(kind, name, treeId, List.copyOf(indexes), key, sequence);
    }

    static byte[] fieldKey(int treeId, int fieldId) {
        ByteWriter key = new ByteWriter();
        key.putByte(FIELD_KEY_KIND).putInt(treeId).putInt(fieldId);
        return key.toByteArray();
    }

    static byte[] fieldKeyPrefix(int treeId) {
        ByteWriter key = new ByteWriter();
        key.putByte(FIELD_KEY_KIND).putInt(treeId);
        return key.toByteArray();
    }

    static byte[] encodeTreeId(int treeId) {
        return new ByteWriter().putVarint(treeId).toByteArray();
    }

    static int decodeTreeId(byte[] value) {
        return new ByteReader(value).readVarintAsInt();
    }

    private static void putText(ByteWriter writer, String text) {
        writer.putLengthAndBytes(text.getBytes(StandardCharsets.UTF_8));
    }

    private static String readText(ByteReader reader) {
        return new String(reader.readLengthAndBytes(), StandardCharsets.UTF_8);
    }
}
