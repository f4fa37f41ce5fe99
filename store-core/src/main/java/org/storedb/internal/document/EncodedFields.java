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
    private final ValueTable table;
    private final FieldIds ids;
    private final byte[] bytes;
    private final int limit; // of the object
    private final int[] entries; // Numbers of entries in the table, from 1 on, by position; 0 for none.
    private final boolean found; // Otherwise names are looked up.

    EncodedFields(EncodedValue object, ValueTable table, int limit, FieldIds ids) {
        this.object = object;
        this.table = table;
        this.ids = ids;
        this.bytes = object.bytes();
        this.limit = limit;
        this.entries = new int[ids.names().size()];
        this.found = findEntries();
    }

    /** Finds the entries; returns false if a name that has no entry now may nevertheless have a field. */
    private boolean findEntries() {
        int count = table.count();
        int last = -1;
        for (int entry = 0; entry < count; entry++) {
            int id = table.id(entry);
            if (id <= last) {
                return false; // Not as we write it: read it the usual way.
            }
            int position = ids.position(id);
            if (position >= 0) {
                entries[position] = entry + 1;
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
        return entries[position] == 0 ? null : object.at(start(position), limit);
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
        return isLong ? BoundedBytes.longAt(bytes, start(position), limit) : FieldValues.super.asLong(position);
    }

    @Override
    public double asDouble(int position) {
        if (tag(position) != DocumentFormat.DOUBLE) {
            return FieldValues.super.asDouble(position);
        }
        int start = start(position);
        BoundedBytes.require(start + 1L, Double.BYTES, limit);
        return Double.longBitsToDouble(BigEndian.getLong(bytes, start + 1));
    }

    @Override
    public @Nullable String textOrNull(int position) {
        int length = tag(position) - DocumentFormat.SHORT_STRING;
        if (length < 0) {
            return FieldValues.super.textOrNull(position);
        }
        int start = start(position) + 1;
        BoundedBytes.require(start, length, limit);
        return new String(bytes, start, length, StandardCharsets.UTF_8);
    }

    /** Returns the tag of a field's value; negative if there is no entry for it. */
    private int tag(int position) {
        return found && entries[position] != 0 ? bytes[start(position)] & 0xFF : -1;
    }

    /** Returns where a field's value begins, if there is an entry for it. */
    private int start(int position) {
        return table.valueStart(entries[position] - 1);
    }
}
