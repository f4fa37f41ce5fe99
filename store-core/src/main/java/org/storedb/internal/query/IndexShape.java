package org.storedb.internal.query;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.storedb.index.IndexDefinition.Part;
import org.storedb.internal.document.CatalogEntry.IndexEntry;
import org.storedb.internal.query.KeyPart.Column;
import org.storedb.query.Filter;

/**
 * The properties of an index that planning needs. Immutable.
 *
 * @param parts the parts of its keys: those of its definition, then the id
 * @param elements the column in which a document can have any number of values; {@code null} if there is none
 * @param given what all documents in it match, if it is partial
 * @param complete whether it has exactly one key for each document
 */
record IndexShape(
        IndexEntry entry,
        List<KeyPart> parts,
        @Nullable Column elements,
        @Nullable Conjunction given,
        boolean complete) {

    static IndexShape of(IndexEntry entry) {
        List<KeyPart> parts = new ArrayList<>();
        Column elements = null;
        boolean sparse = false;
        for (Part part : entry.definition().parts()) {
            KeyPart key = KeyPart.of(part);
            parts.add(key);
            sparse |= key.column().isSparse();
            if (elements == null && key.column().isElement()) {
                elements = key.column();
            }
        }
        parts.add(KeyPart.ID);
        Filter filter = entry.definition().filter();
        return new IndexShape(
                entry,
                List.copyOf(parts),
                elements,
                filter == null ? null : new Conjunction(filter),
                filter == null && !sparse);
    }

    /** Returns the column by which its keys are sorted first. */
    Column firstColumn() {
        return parts.get(0).column();
    }
}
