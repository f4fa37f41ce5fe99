package org.storedb.document;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Changes to some fields of a document, applied in order. Fields are named by their path; missing objects along the
 * path are created. Immutable; each method returns an extended copy.
 *
 * <pre>{@code
 * DocumentPatch.empty().set("address.city", "Kyoto").increment("visits", 1).unset("draft")
 * }</pre>
 */
public final class DocumentPatch {

    private final List<Change> changes;

    private DocumentPatch(List<Change> changes) {
        this.changes = changes;
    }

    /** Returns a patch without changes. */
    public static DocumentPatch empty() {
        return new DocumentPatch(List.of());
    }

    /** Sets a field to a value, null included. */
    public DocumentPatch set(String field, @Nullable Object value) {
        return with(new Change.Set(field, value));
    }

    /** Removes a field if it exists. */
    public DocumentPatch unset(String field) {
        return with(new Change.Unset(field));
    }

    /** Adds to a number; a missing or null field counts as 0. */
    public DocumentPatch increment(String field, Number amount) {
        return with(new Change.Increment(field, amount));
    }

    /** Multiplies a number; a missing or null field counts as 0. */
    public DocumentPatch multiply(String field, Number factor) {
        return with(new Change.Multiply(field, factor));
    }

    /** Sets a field to a value if that is smaller than its current one, or if the field is missing or null. */
    public DocumentPatch min(String field, Object value) {
        return with(new Change.Min(field, value));
    }

    /** Sets a field to a value if that is greater than its current one, or if the field is missing or null. */
    public DocumentPatch max(String field, Object value) {
        return with(new Change.Max(field, value));
    }

    /** Appends an element to an array; a missing or null field becomes one. */
    public DocumentPatch push(String field, @Nullable Object element) {
        return with(new Change.Push(field, element));
    }

    /** Appends an element to an array if none is equal; a missing or null field becomes one. */
    public DocumentPatch addToSet(String field, @Nullable Object element) {
        return with(new Change.AddToSet(field, element));
    }

    /** Removes all elements of an array that are equal to a value; does nothing if the field is missing or null. */
    public DocumentPatch pull(String field, @Nullable Object element) {
        return with(new Change.Pull(field, element));
    }

    /** Moves a value to another path, replacing what is there; does nothing if the field is missing. */
    public DocumentPatch rename(String field, String newField) {
        return with(new Change.Rename(field, newField));
    }

    public List<Change> changes() {
        return changes;
    }

    private DocumentPatch with(Change change) {
        List<Change> longer = new ArrayList<>(changes);
        longer.add(change);
        return new DocumentPatch(List.copyOf(longer));
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof DocumentPatch patch && patch.changes.equals(changes);
    }

    @Override
    public int hashCode() {
        return changes.hashCode();
    }

    @Override
    public String toString() {
        return changes.toString();
    }

    /** One change of one field. */
    public sealed interface Change {

        String field();

        /** Sets a field. */
        record Set(String field, @Nullable Object value) implements Change {}

        /** Removes a field. */
        record Unset(String field) implements Change {}

        /** Adds to a number. */
        record Increment(String field, Number amount) implements Change {}

        /** Multiplies a number. */
        record Multiply(String field, Number factor) implements Change {}

        /** Sets a field to a smaller value. */
        record Min(String field, Object value) implements Change {}

        /** Sets a field to a greater value. */
        record Max(String field, Object value) implements Change {}

        /** Appends to an array. */
        record Push(String field, @Nullable Object element) implements Change {}

        /** Appends to an array unless it has an equal element. */
        record AddToSet(String field, @Nullable Object element) implements Change {}

        /** Removes from an array. */
        record Pull(String field, @Nullable Object element) implements Change {}

        /** Moves a value. */
        record Rename(String field, String newField) implements Change {}
    }
}
