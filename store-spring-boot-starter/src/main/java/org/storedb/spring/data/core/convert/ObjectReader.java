package org.storedb.spring.data.core.convert;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import org.springframework.data.mapping.PersistentPropertyAccessor;
import org.storedb.document.DocumentValue;
import org.storedb.document.FieldNames;
import org.storedb.document.FieldValues;

/**
 * Reader of the fields of the objects of a class; the counterpart of {@link ObjectWriter}. If the class allows it, its
 * properties are set by code generated when the first object is read. Safe for use by multiple threads.
 */
final class ObjectReader {

    private final PropertyAccess access;
    private final List<String> names = new ArrayList<>();
    private final Map<String, FieldReader> byProperty = new HashMap<>();
    private final List<FieldReader> set = new ArrayList<>();
    private volatile @Nullable Made made; // Racing threads create the same value.

    ObjectReader(PropertyAccess access) {
        this.access = access;
    }

    /** Adds a property. Called while the mapper is built, before it is published. */
    void add(PropertyMapper property) {
        FieldReader field = new FieldReader(property, names.size());
        names.add(property.fieldName());
        byProperty.put(property.property().getName(), field);
        if (!property.creatorArgument()) {
            set.add(field);
        }
    }

    /** Returns the fields that properties may be read from. */
    FieldValues fields(DocumentValue document) {
        return document.fields(made().names());
    }

    /** Returns the reader of the property with this name; {@code null} if there is no such property. */
    @Nullable
    FieldReader field(String property) {
        return byProperty.get(property);
    }

    /** Returns whether there is generated code that sets the properties. */
    boolean isCompiled() {
        return made().parts() != null;
    }

    /**
     * Sets all properties that are not passed to the constructor, with the generated code. It throws the same
     * exceptions as {@link #set} only for those of the mapping or the store.
     */
    void setCompiled(Object object, FieldValues fields) {
        List<BiConsumer<Object, FieldValues>> parts = made().parts();
        if (parts == null) {
            throw new IllegalStateException("There is no code");
        }
        for (int at = 0; at < parts.size(); at++) {
            parts.get(at).accept(object, fields);
        }
    }

    /** Sets all properties that are not passed to the constructor. */
    void set(PersistentPropertyAccessor<?> accessor, FieldValues fields) {
        for (FieldReader field : set) {
            field.set(fields, accessor);
        }
    }

    private Made made() {
        Made known = made;
        if (known == null) {
            known = new Made(FieldNames.of(names), makeParts());
            made = known;
        }
        return known;
    }

    private @Nullable List<BiConsumer<Object, FieldValues>> makeParts() {
        if (!access.isDirect() || set.stream().anyMatch(field -> field.member() == null)) {
            return null;
        }
        List<BiConsumer<Object, FieldValues>> parts = new ArrayList<>();
        for (List<FieldReader> part : NestMateCode.parts(set, ObjectReader::declaringClass)) {
            BiConsumer<Object, FieldValues> compiled =
                    new ReaderCompiler(declaringClass(part.get(0)), part, access).compile();
            if (compiled == null) {
                return null;
            }
            parts.add(compiled);
        }
        return parts;
    }

    private static Class<?> declaringClass(FieldReader field) {
        return Objects.requireNonNull(field.member(), "only the accessor sets it")
                .getDeclaringClass();
    }

    /**
     * What is created when the first object is read.
     *
     * @param parts the generated code; {@code null} if the class does not allow it
     */
    private record Made(FieldNames names, @Nullable List<BiConsumer<Object, FieldValues>> parts) {}
}
