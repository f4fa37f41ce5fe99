package org.storedb.spring.data.core.convert;

import java.util.Optional;
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
        value.forEachElement(each -> {
            if (each.type() != ValueType.NULL) {
                references.verify(each);
            }
        });
    }

    /** Reads an element, which may be null; an empty {@code Optional} is stored as null, too. */
    static @Nullable Object readElement(DocumentValue element, ValueMapper mapper) {
        return element.type() == ValueType.NULL ? mapper.absent() : mapper.read(element);
    }

    /** Returns the stored form of an element, which may be null. */
    static @Nullable Object plainElement(@Nullable Object element, ValueMapper mapper) {
        if (element == null || (element instanceof Optional<?> optional && optional.isEmpty())) {
            return null;
        }
        return mapper.toPlain(element);
    }

    static void writeElement(@Nullable Object element, ValueMapper mapper, DocumentWriter writer) {
        if (element == null) {
            writer.writeNull();
        } else {
            mapper.write(element, writer);
        }
    }
}
