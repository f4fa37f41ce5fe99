package org.storedb.internal.query;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.storedb.document.IndexDefinition.Part;
import org.storedb.internal.document.CatalogEntry.IndexEntry;
import org.storedb.internal.query.KeyPart.Column;
import org.storedb.query.Filter;

/**
 * What planning needs to know of an index. Immutable.
 *
 * @param parts what its keys consist of: the parts of its definition, then the id
 * @param elements the column of which a document can have any number of values; {@code null} if there is none
 * @param given what all documents in it match, if not all documents are in it
 * @param complete whether it has one key of each document, whatever that is
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

    /** What its keys are sorted by in the first place. */
    Column firstColumn() {
        return parts.get(0).column();
    }
}
