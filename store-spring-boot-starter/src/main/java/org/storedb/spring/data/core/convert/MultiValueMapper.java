package org.storedb.spring.data.core.convert;

import org.jspecify.annotations.Nullable;
import org.storedb.document.DocumentValue;
import org.storedb.document.DocumentWriter;
import org.storedb.document.ValueType;

/** Mapper of values with several elements, stored as arrays. */
interface MultiValueMapper extends ValueMapper {

    ValueMapper element();

    /** Returns the declared class of the elements. */
    Class<?> elementType();

    @Override
    default void verify(DocumentValue value) {
        if (!(element() instanceof ReferenceMapper references)) {
            ValueMapper.super.verify(value);
            return;
        }
        for (int index = 0; index < value.size(); index++) {
            DocumentValue each = value.element(index);
            if (each.type() != ValueType.NULL) {
                references.verify(each);
            }
        }
    }

    static void writeElement(@Nullable Object element, ValueMapper mapper, DocumentWriter writer) {
        if (element == null) {
            writer.writeNull();
        } else {
            mapper.write(element, writer);
        }
    }
}
