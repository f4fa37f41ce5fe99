package org.storedb.internal.document;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import org.storedb.document.FieldValues;

/**
 * Some fields of an encoded object, found in one pass over its table. Each has the value, or the error, that a lookup
 * of its name yields.
 */
final class EncodedFields implements FieldValues {

    private final EncodedValue object;
    private final FieldIds ids;
    private final byte[] bytes;
    private final int limit; // of the object
    private final int[] starts; // Where the values begin, by position; 0 for none.
    private final boolean found; // Otherwise names are looked up.

    EncodedFields(EncodedValue object, ValueTable table, int limit, FieldIds ids) {
        this.object = object;
        this.ids = ids;
        this.bytes = object.bytes();
        this.limit = limit;
        this.starts = new int[ids.names().size()];
        this.found = findStarts(table);
    }

    /** Finds the values; returns false if a name for which none was found may nevertheless have a field. */
    private boolean findStarts(ValueTable table) {
        int count = table.count();
        int last = -1;
        for (int entry = 0; entry < count; entry++) {
            int id = table.id(entry);
            if (id <= last) {
                return false; // Not as we write it: read it the usual way.
            }
            int position = ids.position(id);
            if (position >= 0) {
                starts[position] = table.valueStartOrNone(entry);
                if (starts[position] == ValueTable.NONE) {
                    return false; // The lookup of this name reports it.
                }
            }
            last = id;
        }
        return count == 0 || (!table.isInline(count - 1) && (ids.isComplete() || last < ids.end()));
    }

    @Override
    public @Nullable EncodedValue get(int position) {
        if (!found) {
            return object.field(ids.names().get(position));
        }
        return starts[position] == 0 ? null : object.at(starts[position], limit);
    }

    @Override
    public boolean hasValue(int position) {
        int tag = tag(position);
        boolean isSimple =
                tag >= DocumentFormat.SMALL_INT || (tag >= DocumentFormat.FALSE && tag <= DocumentFormat.DOUBLE);
        return isSimple || FieldValues.super.hasValue(position);
    }

    @Override
    public long asLong(int position) {
        int tag = tag(position);
        boolean isLong = tag >= DocumentFormat.SMALL_INT && tag < DocumentFormat.SHORT_STRING;
        return isLong ? BoundedBytes.longAt(bytes, starts[position], limit) : FieldValues.super.asLong(position);
    }

    @Override
    public double asDouble(int position) {
        if (tag(position) != DocumentFormat.DOUBLE) {
            return FieldValues.super.asDouble(position);
        }
        int start = starts[position];
        BoundedBytes.require(start + 1L, Double.BYTES, limit);
        return Double.longBitsToDouble(BigEndian.getLong(bytes, start + 1));
    }

    @Override
    public @Nullable String textOrNull(int position) {
        int length = tag(position) - DocumentFormat.SHORT_STRING;
        if (length < 0) {
            return FieldValues.super.textOrNull(position);
        }
        int start = starts[position] + 1;
        BoundedBytes.require(start, length, limit);
        return new String(bytes, start, length, StandardCharsets.UTF_8);
    }

    /** Returns the tag of a field's value; negative if none was found. */
    private int tag(int position) {
        int start = found ? starts[position] : 0;
        return start == 0 ? -1 : bytes[start] & 0xFF;
    }
}
