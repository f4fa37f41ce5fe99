package org.storedb.spring.data.core.convert;

import java.lang.reflect.Field;
import java.lang.reflect.Member;
import java.lang.reflect.Method;
import java.util.List;
import java.util.Objects;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import org.springframework.asm.Label;
import org.springframework.asm.MethodVisitor;
import org.springframework.asm.Opcodes;
import org.springframework.asm.Type;
import org.storedb.document.DocumentWriter;

/**
 * Generator of code that reads properties of an object, all declared by one class, and writes their fields, as if the
 * code were in that class: nothing is looked up, and numbers are not boxed. A text, and a number or boolean stored
 * unconverted, goes straight to the writer; every other value goes to the {@link FieldWriter} of its property.
 *
 * <pre>{@code
 * public void accept(Object object, Object target) {
 *     Customer own = (Customer) object;
 *     DocumentWriter writer = (DocumentWriter) target;
 *     String text = own.email;
 *     if (text != null) {
 *         writer.name("email");
 *         writer.writeString(text);
 *     }
 *     long number = own.age;
 *     writer.name("age");
 *     writer.writeLong(number);
 *     others[0].accept(own.address, writer);
 * }
 * }</pre>
 */
final class FieldCompiler {

    private final String owner;
    private final List<FieldWriter> fields;
    private final NestMateCode<DocumentWriter, BiConsumer<Object, DocumentWriter>> made;

    /** Creates a compiler for properties that are read from members of {@code type}. */
    FieldCompiler(Class<?> type, List<FieldWriter> fields) {
        this.owner = Type.getInternalName(type);
        this.fields = fields;
        this.made = new NestMateCode<>(type, "FieldWriter", DocumentWriter.class, BiConsumer.class);
    }

    /**
     * Generates the code, which accepts objects of the class and its subclasses; {@code null} if the class does not
     * allow it.
     */
    @Nullable
    BiConsumer<Object, DocumentWriter> compile() {
        return made.make(code -> fields.forEach(field -> putField(field, code)));
    }

    private void putField(FieldWriter field, MethodVisitor code) {
        Member member = Objects.requireNonNull(field.getter().member(), "only the accessor reads it");
        Class<?> read = member instanceof Method method ? method.getReturnType() : ((Field) member).getType();
        ValueMapper mapper = field.property().value();
        if (read == String.class && mapper == ScalarMappers.TEXTS) {
            putText(field, member, code);
        } else if (isWrittenAsItIs(read) && mapper == ScalarMappers.of(read)) {
            putPrimitive(field, member, read, code);
        } else if (read.isPrimitive()) {
            putOther(field::write, () -> code.visitVarInsn(Opcodes.ALOAD, NestMateCode.OWN), code);
        } else {
            putOther(field::writeValue, () -> putRead(member, code), code);
        }
    }

    private void putText(FieldWriter field, Member member, MethodVisitor code) {
        putRead(member, code);
        code.visitVarInsn(Opcodes.ASTORE, NestMateCode.VALUE);
        code.visitVarInsn(Opcodes.ALOAD, NestMateCode.VALUE);
        Label absent = new Label();
        code.visitJumpInsn(Opcodes.IFNULL, absent);
        putName(field, code);
        code.visitVarInsn(Opcodes.ALOAD, NestMateCode.ARGUMENT);
        code.visitVarInsn(Opcodes.ALOAD, NestMateCode.VALUE);
        putCall("writeString", String.class, code);
        made.putLabel(absent, code);
    }

    private void putPrimitive(FieldWriter field, Member member, Class<?> read, MethodVisitor code) {
        Class<?> written = writtenType(read);
        putRead(member, code);
        if (read != written) {
            code.visitInsn(Opcodes.I2L);
        }
        code.visitVarInsn(Type.getType(written).getOpcode(Opcodes.ISTORE), NestMateCode.VALUE);
        putName(field, code);
        code.visitVarInsn(Opcodes.ALOAD, NestMateCode.ARGUMENT);
        code.visitVarInsn(Type.getType(written).getOpcode(Opcodes.ILOAD), NestMateCode.VALUE);
        String method = written == long.class ? "writeLong" : written == double.class ? "writeDouble" : "writeBoolean";
        putCall(method, written, code);
    }

    private static Class<?> writtenType(Class<?> read) {
        if (read == boolean.class) {
            return boolean.class;
        }
        return read == double.class ? double.class : long.class;
    }

    private static boolean isWrittenAsItIs(Class<?> type) {
        return type.isPrimitive() && type != char.class && type != float.class;
    }

    private void putOther(BiConsumer<Object, DocumentWriter> other, Runnable putArgument, MethodVisitor code) {
        Runnable putArguments = () -> {
            putArgument.run();
            code.visitVarInsn(Opcodes.ALOAD, NestMateCode.ARGUMENT);
        };
        made.putOther(other, "accept", void.class, putArguments, code);
    }

    private void putRead(Member member, MethodVisitor code) {
        code.visitVarInsn(Opcodes.ALOAD, NestMateCode.OWN);
        if (member instanceof Method method) {
            code.visitMethodInsn(
                    Opcodes.INVOKEVIRTUAL, owner, method.getName(), Type.getMethodDescriptor(method), false);
        } else {
            Field field = (Field) member;
            code.visitFieldInsn(Opcodes.GETFIELD, owner, field.getName(), Type.getDescriptor(field.getType()));
        }
    }

    private void putName(FieldWriter field, MethodVisitor code) {
        code.visitVarInsn(Opcodes.ALOAD, NestMateCode.ARGUMENT);
        code.visitLdcInsn(field.property().fieldName());
        putCall("name", String.class, code);
    }

    private void putCall(String method, Class<?> argument, MethodVisitor code) {
        made.putArgumentCall(method, NestMateCode.methodType(void.class, argument), code);
    }
}
