package org.storedb.spring.data.core.convert;

import java.lang.reflect.Field;
import java.lang.reflect.Member;
import java.lang.reflect.Method;
import java.util.List;
import java.util.Objects;
import java.util.function.BiConsumer;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;
import org.springframework.asm.Label;
import org.springframework.asm.MethodVisitor;
import org.springframework.asm.Opcodes;
import org.springframework.asm.Type;
import org.storedb.document.FieldValues;

/**
 * Generator of code that sets the properties of an object, all declared by one class, to the values of fields, as if
 * the code were in that class; the counterpart of {@link FieldCompiler}. A text, and a number or boolean stored
 * unconverted, comes straight from the document; every other value comes from the {@link FieldReader} of its property.
 * An exception for an unexpected field does not name the property.
 *
 * <pre>{@code
 * public void accept(Object object, Object argument) {
 *     Customer own = (Customer) object;
 *     FieldValues fields = (FieldValues) argument;
 *     String text = fields.textOrNull(0);
 *     if (text != null) {
 *         own.email = text;
 *     }
 *     if (fields.hasValue(1)) {
 *         own.age = Math.toIntExact(fields.asLong(1));
 *     }
 *     Object value = others[0].apply(own, fields);
 *     if (value != null) {
 *         own.address = (Address) value;
 *     }
 * }
 * }</pre>
 */
final class ReaderCompiler {

    private final String owner;
    private final List<FieldReader> fields;
    private final PropertyAccess access;
    private final NestMateCode<FieldValues, BiFunction<Object, FieldValues, @Nullable Object>> made;

    /** Creates a compiler for properties that are set by members of {@code type}. */
    ReaderCompiler(Class<?> type, List<FieldReader> fields, PropertyAccess access) {
        this.owner = Type.getInternalName(type);
        this.fields = fields;
        this.access = access;
        this.made = new NestMateCode<>(type, "FieldReader", FieldValues.class, BiFunction.class);
    }

    /**
     * Generates the code, which accepts objects of the class and its subclasses; {@code null} if the class does not
     * allow it.
     */
    @Nullable
    BiConsumer<Object, FieldValues> compile() {
        return made.make(code -> fields.forEach(field -> putField(field, code)));
    }

    private void putField(FieldReader field, MethodVisitor code) {
        Member member = Objects.requireNonNull(field.member(), "only the accessor sets it");
        Class<?> set = member instanceof Method method ? method.getParameterTypes()[0] : ((Field) member).getType();
        ValueMapper mapper = field.property().value();
        if (set == String.class && mapper == ScalarMappers.TEXTS) {
            putCall(field, "textOrNull", String.class, code);
            putSetIfThere(member, set, false, code);
        } else if (isStoredAsItIs(set) && mapper == ScalarMappers.of(set)) {
            putPrimitive(field, member, set, code);
        } else if (set.isPrimitive()) {
            putOther((object, values) -> field.set(values, access.reading(object)), code);
            code.visitInsn(Opcodes.POP);
        } else {
            putOther((object, values) -> field.read(values), code);
            putSetIfThere(member, set, true, code);
        }
    }

    private static boolean isStoredAsItIs(Class<?> type) {
        return type == long.class
                || type == int.class
                || type == double.class
                || type == float.class
                || type == boolean.class;
    }

    /** Sets the property to the value on the stack, unless it is null. */
    private void putSetIfThere(Member member, Class<?> set, boolean cast, MethodVisitor code) {
        code.visitVarInsn(Opcodes.ASTORE, NestMateCode.VALUE);
        code.visitVarInsn(Opcodes.ALOAD, NestMateCode.VALUE);
        Label absent = new Label();
        code.visitJumpInsn(Opcodes.IFNULL, absent);
        code.visitVarInsn(Opcodes.ALOAD, NestMateCode.OWN);
        code.visitVarInsn(Opcodes.ALOAD, NestMateCode.VALUE);
        if (cast) {
            code.visitTypeInsn(Opcodes.CHECKCAST, Type.getInternalName(set));
        }
        putSet(member, code);
        made.putLabel(absent, code);
    }

    private void putPrimitive(FieldReader field, Member member, Class<?> set, MethodVisitor code) {
        putCall(field, "hasValue", boolean.class, code);
        Label absent = new Label();
        code.visitJumpInsn(Opcodes.IFEQ, absent);
        code.visitVarInsn(Opcodes.ALOAD, NestMateCode.OWN);
        if (set == boolean.class) {
            putCall(field, "asBoolean", boolean.class, code);
        } else if (set == long.class || set == int.class) {
            putCall(field, "asLong", long.class, code);
        } else {
            putCall(field, "asDouble", double.class, code);
        }
        if (set == int.class) {
            String exact = NestMateCode.methodType(int.class, long.class);
            code.visitMethodInsn(Opcodes.INVOKESTATIC, Type.getInternalName(Math.class), "toIntExact", exact, false);
        } else if (set == float.class) {
            code.visitInsn(Opcodes.D2F);
        }
        putSet(member, code);
        made.putLabel(absent, code);
    }

    /** Calls a method of the fields with the position of a field. */
    private void putCall(FieldReader field, String method, Class<?> result, MethodVisitor code) {
        code.visitVarInsn(Opcodes.ALOAD, NestMateCode.ARGUMENT);
        code.visitIntInsn(Opcodes.SIPUSH, field.position());
        made.putArgumentCall(method, NestMateCode.methodType(result, int.class), code);
    }

    private void putOther(BiFunction<Object, FieldValues, @Nullable Object> other, MethodVisitor code) {
        Runnable putArguments = () -> {
            code.visitVarInsn(Opcodes.ALOAD, NestMateCode.OWN);
            code.visitVarInsn(Opcodes.ALOAD, NestMateCode.ARGUMENT);
        };
        made.putOther(other, "apply", Object.class, putArguments, code);
    }

    private void putSet(Member member, MethodVisitor code) {
        if (member instanceof Method method) {
            code.visitMethodInsn(
                    Opcodes.INVOKEVIRTUAL, owner, method.getName(), Type.getMethodDescriptor(method), false);
            if (method.getReturnType() != void.class) {
                code.visitInsn(Type.getType(method.getReturnType()).getSize() == 2 ? Opcodes.POP2 : Opcodes.POP);
            }
        } else {
            Field field = (Field) member;
            code.visitFieldInsn(Opcodes.PUTFIELD, owner, field.getName(), Type.getDescriptor(field.getType()));
        }
    }
}
