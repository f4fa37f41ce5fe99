package org.storedb.spring.data.core.convert;

import java.lang.reflect.Member;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import org.storedb.document.DocumentWriter;

/**
 * Writer of some fields of the objects of a class, in their order. Properties declared by the same class, the objects'
 * own or a superclass, are written together by code generated when the first object is written, if that class allows
 * it. Safe for use by multiple threads.
 */
final class ObjectWriter {

    private final List<FieldWriter> fields = new ArrayList<>();
    private volatile @Nullable List<BiConsumer<Object, DocumentWriter>> parts; // Racing threads create the same value.

    /** Adds a field. Called while the mapper is built, before it is published. */
    void add(FieldWriter field) {
        fields.add(field);
    }

    void write(Object object, DocumentWriter writer) {
        List<BiConsumer<Object, DocumentWriter>> known = parts;
        if (known == null) {
            known = makeParts();
            parts = known;
        }
        for (int at = 0; at < known.size(); at++) {
            known.get(at).accept(object, writer);
        }
    }

    private List<BiConsumer<Object, DocumentWriter>> makeParts() {
        List<BiConsumer<Object, DocumentWriter>> made = new ArrayList<>();
        for (List<FieldWriter> part : NestMateCode.parts(fields, ObjectWriter::declaringClass)) {
            made.add(part(declaringClass(part.get(0)), part));
        }
        return List.copyOf(made);
    }

    private static BiConsumer<Object, DocumentWriter> part(@Nullable Class<?> declaring, List<FieldWriter> members) {
        BiConsumer<Object, DocumentWriter> compiled =
                declaring == null ? null : new FieldCompiler(declaring, members).compile();
        return compiled == null ? (object, writer) -> members.forEach(field -> field.write(object, writer)) : compiled;
    }

    private static @Nullable Class<?> declaringClass(FieldWriter field) {
        Member member = field.getter().member();
        return member == null ? null : member.getDeclaringClass();
    }
}
