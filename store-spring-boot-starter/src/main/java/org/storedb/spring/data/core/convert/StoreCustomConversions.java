package org.storedb.spring.data.core.convert;

import java.util.Collection;
import java.util.List;
import org.springframework.data.convert.CustomConversions;
import org.storedb.spring.data.core.mapping.StoreSimpleTypes;

/**
 * Converters of the application for types that cannot be stored as they are, or should be stored differently: one
 * annotated {@code @WritingConverter} to a storable type, and one annotated {@code @ReadingConverter} back.
 */
public class StoreCustomConversions extends CustomConversions {

    public StoreCustomConversions() {
        this(List.of());
    }

    /** Creates conversions from {@code Converter}s, {@code GenericConverter}s and {@code ConverterFactory}s. */
    public StoreCustomConversions(Collection<?> converters) {
        super(new ConverterConfiguration(
                StoreConversions.of(StoreSimpleTypes.HOLDER), List.copyOf(converters), defaultConverter -> false));
    }
}
