package org.storedb.spring.data.core.convert;

import org.jspecify.annotations.Nullable;
import org.storedb.document.DocumentWriter;

/** A value of several elements, stored as an array. */
interface MultiValueMapper extends ValueMapper {

    ValueMapper element();

    @Override
    default boolean isOrdered() {
        return false;
    }

    static void writeElement(@Nullable Object element, ValueMapper mapper, DocumentWriter writer) {
        if (element == null) {
            writer.writeNull();
        } else {
            mapper.write(element, writer);
        }
    }
}
