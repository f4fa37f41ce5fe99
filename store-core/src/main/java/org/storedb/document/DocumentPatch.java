package org.storedb.document;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Changes to some fields of a document, applied in order. Fields are named by their path; objects on the way that are
 * missing are created. Immutable; each method returns a longer copy.
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

    /** No change yet. */
    public static DocumentPatch empty() {
        return new DocumentPatch(List.of());
    }

    /** Sets a field to a value, null included. */
    public DocumentPatch set(String field, @Nullable Object value) {
        return with(new Change.Set(field, value));
    }

    /** Removes a field if it is there. */
    public DocumentPatch unset(String field) {
        return with(new Change.Unset(field));
    }

    /** Adds to a number; a missing or null field counts as 0. */
    public DocumentPatch increment(String field, Number amount) {
        return with(new Change.Increment(field, amount));
    }

    public List<Change> changes() {
        return changes;
    }

    private DocumentPatch with(Change change) {
        List<Change> longer = new ArrayList<>(changes);
        longer.add(change);
        return new DocumentPatch(List.copyOf(longer));
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
    }
}
