package org.storedb.internal.view;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.storedb.internal.bytes.ByteWriter;
import org.storedb.internal.document.DocumentId;
import org.storedb.internal.document.KeyDecoder;
import org.storedb.internal.document.KeyEncoder;
import org.storedb.internal.document.PlainValues;
import org.storedb.internal.index.TreeRange;
import org.storedb.view.ViewQuery;
import org.storedb.view.ViewQuery.Bound;

/**
 * Layout of a row, which is a whole key of a tree: the emitted key, the id of the document and the value in their
 * ordered forms, and, between the latter two, the number of the row among those of the document, 4 bytes.
 */
final class RowFormat {

    private RowFormat() {}

    static byte[] encode(@Nullable Object key, byte[] recordKey, int number, @Nullable Object value) {
        return new KeyEncoder()
                .appendBytes(KeyEncoder.encode(key))
                .appendBytes(recordKey)
                .appendBytes(new ByteWriter().putInt(number).toByteArray())
                .appendBytes(KeyEncoder.encode(value))
                .toBytes();
    }

    static Row decode(byte[] row) {
        KeyDecoder decoder = new KeyDecoder(row);
        Object key = decoder.next();
        int idPosition = decoder.position();
        int numberPosition = decoder.skip().position();
        Object value = new KeyDecoder(row, numberPosition + Integer.BYTES).next();
        byte[] recordKey = Arrays.copyOfRange(row, idPosition, numberPosition);
        return new Row(key, recordKey, DocumentId.decode(recordKey), value);
    }

    /** Returns only the value. */
    static @Nullable Object value(byte[] row) {
        int numberPosition = new KeyDecoder(row).skip().skip().position();
        return new KeyDecoder(row, numberPosition + Integer.BYTES).next();
    }

    /** Returns only the emitted key, in its ordered form. */
    static byte[] key(byte[] row) {
        return Arrays.copyOf(row, new KeyDecoder(row).skip().position());
    }

    /** Returns the rows within the bounds of a query. */
    static TreeRange range(ViewQuery query) {
        Bound from = query.from();
        Bound to = query.to();
        return new TreeRange(
                from == null ? null : from.inclusive() ? start(from) : TreeRange.afterPrefix(start(from)),
                to == null ? null : to.inclusive() ? TreeRange.afterPrefix(start(to)) : start(to));
    }

    /** Returns the prefix of the rows with the key of a bound. */
    private static byte[] start(Bound bound) {
        if (!bound.isPrefix()) {
            return KeyEncoder.encode(bound.key());
        }
        if (PlainValues.of(bound.key()) instanceof String text) {
            return KeyEncoder.encodeStringPrefix(text);
        }
        byte[] list = KeyEncoder.encode(bound.key());
        return Arrays.copyOf(list, list.length - 1); // Without its end.
    }

    /**
     * A decoded row.
     *
     * @param id a {@code String} or a {@code Long}
     */
    @SuppressWarnings("ArrayRecordComponent") // Never compared.
    record Row(
            @Nullable Object key,
            byte[] recordKey,
            Object id,
            @Nullable Object value) {}
}
