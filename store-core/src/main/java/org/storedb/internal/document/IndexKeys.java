package org.storedb.internal.document;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.storedb.document.ValueType;
import org.storedb.error.LimitExceededException;
import org.storedb.index.IndexDefinition;
import org.storedb.index.IndexDefinition.Part;
import org.storedb.index.IndexDefinition.Part.Kind;
import org.storedb.internal.index.CountedTree;
import org.storedb.query.GeoPoint;
import org.storedb.query.Sort.Direction;

/**
 * The entries of a document in one index: each has the ordered forms of the indexed values, then that of the id. A
 * document can have one, several or none; the same document always has the same entries. Safe for use by many threads.
 */
public final class IndexKeys {

    private final IndexDefinition definition;
    private final List<FieldReader> fields;
    private final @Nullable Part repeatedPart;
    private final List<FieldReader> places;
    private final Predicate<EncodedValue> condition;
    private final int keyBytesMax;

    public IndexKeys(IndexDefinition definition, FieldDictionary dictionary, int keyBytesMax) {
        this.definition = definition;
        this.fields = definition.parts().stream()
                .map(part -> FieldReader.of(part.field(), dictionary))
                .toList();
        this.repeatedPart =
                definition.parts().stream().filter(Part::isRepeated).findFirst().orElse(null);
        this.places = definition.parts().stream()
                .filter(part -> part.kind() == Kind.PLACE)
                .map(part -> FieldReader.of(part.field(), dictionary))
                .toList();
        this.condition = IndexCondition.compile(definition.filter(), dictionary);
        this.keyBytesMax = keyBytesMax;
    }

    public IndexDefinition definition() {
        return definition;
    }

    /**
     * Returns the entries of a document, all different.
     *
     * @param recordKey the encoded id
     * @throws LimitExceededException if one would exceed the maximum size of keys
     */
    public List<IndexKey> of(EncodedValue document, byte[] recordKey) {
        return of(document, recordKey, new KeyEncoder());
    }

    /** Like {@link #of(EncodedValue, byte[])}, with a reusable encoder. */
    List<IndexKey> of(EncodedValue document, byte[] recordKey, KeyEncoder encoder) {
        return of(document, recordKey, encoder, keyBytesMax);
    }

    /** Returns the entries of a stored document, whose keys may be longer than those of new entries. */
    List<IndexKey> ofStored(EncodedValue document, byte[] recordKey, KeyEncoder encoder) {
        return of(document, recordKey, encoder, CountedTree.KEY_BYTES_MAX);
    }

    private List<IndexKey> of(EncodedValue document, byte[] recordKey, KeyEncoder encoder, int bytesMax) {
        if (!condition.test(document) || !hasPlaces(document)) {
            return List.of();
        }
        if (repeatedPart == null) {
            return List.of(key(document, null, recordKey, encoder, bytesMax));
        }
        Map<byte[], IndexKey> distinct = new TreeMap<>(Arrays::compareUnsigned);
        for (RepeatedValue value : repeatedValues(document, repeatedPart)) {
            IndexKey key = key(document, value, recordKey, encoder, bytesMax);
            distinct.put(key.key(), key);
        }
        return List.copyOf(distinct.values());
    }

    private List<RepeatedValue> repeatedValues(EncodedValue document, Part part) {
        EncodedValue value = fields.get(definition.parts().indexOf(part)).read(document);
        if (part.kind() == Kind.WORDS) {
            return StoredWords.of(value).stream()
                    .map(word -> new RepeatedValue(KeyEncoder.encode(word), true))
                    .toList();
        }
        return IndexCondition.elements(value).stream()
                .map(element -> new RepeatedValue(encoded(part, element), element.type() != ValueType.NULL))
                .toList();
    }

    private boolean hasPlaces(EncodedValue document) {
        for (FieldReader place : places) {
            if (pointOf(place.read(document)) == null) {
                return false;
            }
        }
        return true;
    }

    private static @Nullable GeoPoint pointOf(@Nullable EncodedValue value) {
        return value == null ? null : StoredPoints.of(value);
    }

    private IndexKey key(
            EncodedValue document,
            @Nullable RepeatedValue repeated,
            byte[] recordKey,
            KeyEncoder encoder,
            int bytesMax) {
        encoder.reset();
        boolean complete = true;
        FieldReader largest = fields.get(0);
        int largestBytes = 0;
        for (int at = 0; at < fields.size(); at++) {
            Part part = definition.parts().get(at);
            int start = encoder.size();
            if (repeated != null && part.isRepeated()) {
                encoder.appendBytes(repeated.form());
                complete &= repeated.present();
            } else {
                EncodedValue value = fields.get(at).read(document);
                append(part, value, encoder);
                complete &= value != null && value.type() != ValueType.NULL;
            }
            if (part.direction() == Direction.DESCENDING) {
                encoder.invertFrom(start);
            }
            if (encoder.size() - start > largestBytes) {
                largest = fields.get(at);
                largestBytes = encoder.size() - start;
            }
        }
        int valueBytes = encoder.size();
        encoder.appendBytes(recordKey);
        if (encoder.size() > bytesMax) {
            throw new LimitExceededException("Field \"" + largest.path() + "\" is too long for index \""
                    + definition.name() + "\": it takes " + largestBytes + " of the " + encoder.size()
                    + " bytes of the index key, which may have at most " + bytesMax);
        }
        return new IndexKey(encoder.toBytes(), valueBytes, complete);
    }

    private static byte[] encoded(Part part, EncodedValue value) {
        KeyEncoder encoder = new KeyEncoder();
        append(part, value, encoder);
        return encoder.toBytes();
    }

    private static void append(Part part, @Nullable EncodedValue value, KeyEncoder encoder) {
        GeoPoint point = part.kind() == Kind.PLACE ? pointOf(value) : null;
        if (point != null) {
            encoder.append((Object) PlaceCells.cellOf(point));
        } else if (part.caseInsensitive()) {
            encoder.appendFolded(value);
        } else {
            encoder.append(value);
        }
    }

    /** Returns where the id begins in a key of an index on this many fields. */
    public static int idPosition(byte[] key, int fieldCount) {
        KeyDecoder decoder = new KeyDecoder(key);
        for (int field = 0; field < fieldCount; field++) {
            decoder.skip();
        }
        return decoder.position();
    }

    /** Returns the record key at the end of a key of an index on this many fields. */
    public static byte[] recordKey(byte[] key, int fieldCount) {
        return Arrays.copyOfRange(key, idPosition(key, fieldCount), key.length);
    }

    /**
     * One of a document's values for the part that gives it several entries.
     *
     * @param form the ordered form, ascending
     * @param present whether it is not null
     */
    @SuppressWarnings("ArrayRecordComponent") // Never compared.
    private record RepeatedValue(byte[] form, boolean present) {}

    /**
     * An entry of an index.
     *
     * @param valueBytes length of the values at the start; the rest is the id
     * @param complete whether no value is null or missing, so that the entry counts for uniqueness
     */
    @SuppressWarnings("ArrayRecordComponent") // Never compared as a whole.
    public record IndexKey(byte[] key, int valueBytes, boolean complete) {

        /** Returns the prefix that the keys of all documents with the same values share. */
        public byte[] values() {
            return Arrays.copyOf(key, valueBytes);
        }

        boolean isSame(IndexKey other) {
            return Arrays.equals(key, other.key);
        }
    }
}
