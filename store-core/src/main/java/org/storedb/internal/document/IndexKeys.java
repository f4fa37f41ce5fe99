package org.storedb.internal.document;

import java.util.Arrays;
import java.util.List;
import org.storedb.document.IndexDefinition;
import org.storedb.document.ValueType;
import org.storedb.error.LimitExceededException;

/**
 * What one index says of a document: the ordered forms of the indexed fields' values, then the id's. Each document has
 * exactly one entry. Safe for use by many threads.
 */
public final class IndexKeys {

    private final IndexDefinition definition;
    private final List<FieldReader> fields;
    private final int keyBytesMax;

    public IndexKeys(IndexDefinition definition, FieldDictionary dictionary, int keyBytesMax) {
        this.definition = definition;
        this.fields = definition.fields().stream()
                .map(field -> FieldReader.of(field, dictionary))
                .toList();
        this.keyBytesMax = keyBytesMax;
    }

    public IndexDefinition definition() {
        return definition;
    }

    /**
     * The entry of a document.
     *
     * @param recordKey the encoded id
     * @throws LimitExceededException if it would be larger than keys may be
     */
    public IndexKey of(EncodedValue document, byte[] recordKey) {
        KeyEncoder encoder = new KeyEncoder();
        boolean complete = true;
        FieldReader largest = fields.get(0);
        int largestBytes = 0;
        for (FieldReader field : fields) {
            int start = encoder.size();
            EncodedValue value = field.read(document);
            complete &= value != null && value.type() != ValueType.NULL;
            encoder.append(value);
            if (encoder.size() - start > largestBytes) {
                largest = field;
                largestBytes = encoder.size() - start;
            }
        }
        int valueBytes = encoder.size();
        encoder.appendBytes(recordKey);
        if (encoder.size() > keyBytesMax) {
            throw new LimitExceededException("Field \"" + largest.path() + "\" is too long for index \""
                    + definition.name() + "\": it takes " + largestBytes + " of the " + encoder.size()
                    + " bytes of the index key, which may have " + keyBytesMax);
        }
        return new IndexKey(encoder.toBytes(), valueBytes, complete);
    }

    /** Where the id begins in a key of an index on this many fields. */
    public static int idPosition(byte[] key, int fieldCount) {
        KeyDecoder decoder = new KeyDecoder(key);
        for (int field = 0; field < fieldCount; field++) {
            decoder.skip();
        }
        return decoder.position();
    }

    /** The record key at the end of a key of an index on this many fields. */
    public static byte[] recordKey(byte[] key, int fieldCount) {
        return Arrays.copyOfRange(key, idPosition(key, fieldCount), key.length);
    }

    /**
     * An entry of an index.
     *
     * @param valueBytes how many bytes at the start are the values; the rest is the id
     * @param complete whether no value is null or missing, so that the entry counts for uniqueness
     */
    @SuppressWarnings("ArrayRecordComponent") // Never compared as a whole.
    public record IndexKey(byte[] key, int valueBytes, boolean complete) {

        /** What the keys of all documents with the same values begin with. */
        public byte[] values() {
            return Arrays.copyOf(key, valueBytes);
        }
    }
}
