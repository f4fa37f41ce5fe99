package org.storedb.internal.document;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.storedb.error.UnsupportedFormatException;
import org.storedb.index.IndexDefinition;
import org.storedb.index.IndexDefinition.Part;
import org.storedb.internal.bytes.ByteReader;
import org.storedb.internal.bytes.ByteWriter;
import org.storedb.internal.bytes.MalformedBytesException;
import org.storedb.internal.document.CatalogEntry.IndexEntry;
import org.storedb.internal.document.CatalogEntry.Kind;
import org.storedb.query.Filter;
import org.storedb.query.Sort.Direction;

/**
 * Layout of the catalog, which is the tree of records with id 0. Texts are UTF-8.
 *
 * <pre>
 * entry:       key [ kind 1: 1 keyspace, 2 collection ] [ name ]
 *              value [ version 1 ] [ tree id varint ] [ number of indexes varint ]
 *                    for each index [ tree id varint ] [ flags 1: 1 unique, 2 with a filter ] [ name ]
 *                    [ number of parts varint ], for each part [ flags 1: 1 descending, 2 case-insensitive,
 *                    and one of 4 each element, 8 place, 16 words, or none ] [ field ];
 *                    then the filter, if there is one: {@link IndexFilterFormat}
 * field name:  key [ 3 ] [ tree id of the collection 4 ] [ field id 4 ]
 *              value [ name ]
 * next tree:   key [ 4 ]
 *              value [ the smallest tree id that was never used, varint ]
 * expiry rule: key [ 9 ] …, see {@link ExpiryRule}
 * </pre>
 *
 * <p>Texts within a value have their length as a varint before them.
 */
final class CatalogFormat {

    static final int TREE_ID = 0;
    static final byte[] NEXT_TREE_KEY = {4};

    private static final int VERSION = 1;
    private static final int FIELD_KEY_KIND = 3;

    private static final int UNIQUE = 1;
    private static final int FILTERED = 2;
    private static final int DESCENDING = 1;
    private static final int CASE_INSENSITIVE = 2;

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
            value.putVarint(index.treeId()).putBytes(encodeDefinition(index.definition()));
        }
        return value.toByteArray();
    }

    /** Definitions with the same bytes are equivalent. */
    static byte[] encodeDefinition(IndexDefinition definition) {
        ByteWriter value = new ByteWriter();
        Filter filter = definition.filter();
        value.putByte((definition.unique() ? UNIQUE : 0) | (filter == null ? 0 : FILTERED));
        putText(value, definition.name());
        value.putVarint(definition.parts().size());
        for (Part part : definition.parts()) {
            value.putByte((part.direction() == Direction.DESCENDING ? DESCENDING : 0)
                    | (part.caseInsensitive() ? CASE_INSENSITIVE : 0)
                    | code(part.kind()));
            putText(value, part.field());
        }
        if (filter != null) {
            IndexFilterFormat.write(filter, value);
        }
        return value.toByteArray();
    }

    /**
     * Rejects a definition that could not be read back: with it in the catalog, the store could not be opened.
     *
     * @throws IllegalArgumentException if the definition cannot be read back
     */
    static void requireReadable(IndexDefinition definition) {
        try {
            readDefinition(new ByteReader(encodeDefinition(definition)));
        } catch (MalformedBytesException e) {
            throw new IllegalArgumentException(
                    "Index '" + definition.name() + "' cannot be stored: " + e.getMessage(), e);
        }
    }

    /**
     * Decodes an entry.
     *
     * @throws MalformedBytesException if it is not an entry
     * @throws UnsupportedFormatException if a newer release wrote it
     */
    static CatalogEntry decodeEntry(Kind kind, byte[] key, byte[] value, long sequence) {
        String name = new String(key, 1, key.length - 1, StandardCharsets.UTF_8);
        if (!Arrays.equals(entryKey(kind, name), key)) {
            throw new MalformedBytesException("Its name is not UTF-8");
        }
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
            indexes.add(new IndexEntry(readDefinition(reader), indexTreeId));
        }
        requireEnd(reader);
        return new CatalogEntry(kind, name, treeId, List.copyOf(indexes), key, sequence);
    }

    private static IndexDefinition readDefinition(ByteReader reader) {
        int flags = reader.readByte();
        if ((flags & ~(UNIQUE | FILTERED)) != 0) {
            throw new MalformedBytesException("An index has no flags " + flags);
        }
        String name = readText(reader);
        int partCount = reader.readVarintAsInt();
        List<Part> parts = new ArrayList<>();
        try {
            for (int i = 0; i < partCount; i++) {
                parts.add(readPart(reader));
            }
            Filter filter = (flags & FILTERED) == 0 ? null : IndexFilterFormat.read(reader);
            return new IndexDefinition(name, parts, (flags & UNIQUE) != 0, filter);
        } catch (IllegalArgumentException e) {
            throw new MalformedBytesException(String.valueOf(e.getMessage()));
        }
    }

    private static Part readPart(ByteReader reader) {
        int flags = reader.readByte();
        return new Part(
                readText(reader),
                partKind(flags & ~(DESCENDING | CASE_INSENSITIVE)),
                (flags & CASE_INSENSITIVE) != 0,
                (flags & DESCENDING) == 0 ? Direction.ASCENDING : Direction.DESCENDING);
    }

    private static int code(Part.Kind kind) {
        return switch (kind) {
            case VALUE -> 0;
            case EACH_ELEMENT -> 4;
            case PLACE -> 8;
            case WORDS -> 16;
        };
    }

    private static Part.Kind partKind(int code) {
        for (Part.Kind kind : Part.Kind.values()) {
            if (code(kind) == code) {
                return kind;
            }
        }
        throw new MalformedBytesException("A part of an index has unknown kind " + code);
    }

    static byte[] fieldKey(int treeId, int fieldId) {
        ByteWriter key = new ByteWriter();
        key.putByte(FIELD_KEY_KIND).putInt(treeId).putInt(fieldId);
        return key.toByteArray();
    }

    /**
     * Returns the id of a field, from its key.
     *
     * @throws MalformedBytesException if it is not an id that a dictionary assigns
     */
    static int fieldId(byte[] key) {
        ByteReader reader = new ByteReader(key);
        reader.skip(1 + Integer.BYTES);
        int id = reader.readInt();
        requireEnd(reader);
        if (id < 0 || id >= StoredFieldDictionary.NAMES_MAX) {
            throw new MalformedBytesException("Invalid field number " + id);
        }
        return id;
    }

    static byte[] allFieldsPrefix() {
        return new byte[] {FIELD_KEY_KIND};
    }

    static byte[] fieldKeyPrefix(int treeId) {
        ByteWriter key = new ByteWriter();
        key.putByte(FIELD_KEY_KIND).putInt(treeId);
        return key.toByteArray();
    }

    static byte[] encodeTreeId(int treeId) {
        return new ByteWriter().putVarint(treeId).toByteArray();
    }

    /**
     * Returns the smallest tree id that was never used.
     *
     * @throws MalformedBytesException if it is not a tree id
     */
    static int decodeTreeId(byte[] value) {
        ByteReader reader = new ByteReader(value);
        int treeId = reader.readVarintAsInt();
        requireEnd(reader);
        if (treeId == TREE_ID) {
            throw new MalformedBytesException("Invalid tree id " + treeId);
        }
        return treeId;
    }

    /**
     * Decodes a text that is the whole value.
     *
     * @throws MalformedBytesException if it is not UTF-8
     */
    static String decodeText(byte[] utf8) {
        String text = new String(utf8, StandardCharsets.UTF_8);
        if (!Arrays.equals(text.getBytes(StandardCharsets.UTF_8), utf8)) {
            throw new MalformedBytesException("A text is not UTF-8");
        }
        return text;
    }

    /** Describes the record of a key, for messages. */
    static String describe(byte[] key) {
        byte[] name = Arrays.copyOfRange(key, Math.min(1, key.length), key.length);
        for (Kind kind : Kind.values()) {
            if (key.length > 0 && key[0] == kind.code()) {
                return kind.name().toLowerCase(Locale.ROOT) + " '" + KeyNames.text(name) + "'";
            }
        }
        if (Arrays.equals(key, NEXT_TREE_KEY)) {
            return "the next tree";
        }
        if (key.length > 0 && key[0] == ExpiryRule.KEY_KIND) {
            return "an expiry rule";
        }
        return "a field, '" + KeyNames.text(name) + "'";
    }

    private static void requireEnd(ByteReader reader) {
        if (reader.remaining() > 0) {
            throw new MalformedBytesException(reader.remaining() + " bytes too many");
        }
    }

    static void putText(ByteWriter writer, String text) {
        writer.putLengthAndBytes(text.getBytes(StandardCharsets.UTF_8));
    }

    static String readText(ByteReader reader) {
        return decodeText(reader.readLengthAndBytes());
    }
}
