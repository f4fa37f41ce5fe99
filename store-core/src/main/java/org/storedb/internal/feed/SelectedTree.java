package org.storedb.internal.feed;

import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.storedb.internal.document.EncodedValue;
import org.storedb.internal.document.FieldDictionary;

/**
 * A keyspace or a collection whose changes are requested.
 *
 * @param dictionary the dictionary of a collection; {@code null} for a keyspace
 * @param filter which documents are requested, or {@code null} for all
 */
record SelectedTree(
        String name,
        @Nullable FieldDictionary dictionary,
        @Nullable Predicate<EncodedValue> filter) {}
