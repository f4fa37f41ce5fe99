package org.storedb.spring.data.core.convert;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodHandles.Lookup;
import java.lang.reflect.Field;
import java.lang.reflect.Member;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import org.springframework.asm.ClassWriter;
import org.springframework.asm.Label;
import org.springframework.asm.MethodVisitor;
import org.springframework.asm.Opcodes;
import org.springframework.asm.Type;
import org.storedb.document.DocumentWriter;

/**
 * Makes code that reads some properties of an object, all declared by one class, and writes their fields, as if it stood in
 * that class: nothing is looked up, and numbers are not boxed. A text, and a number or boolean that is stored as it is, goes
 * straight to the writer; every other value goes to the {@link FieldWriter} of its property.
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

    private static final String OBJECT = Type.getInternalName(Object.class);
    private static final String WRITER = Type.getInternalName(DocumentWriter.class);
    private static final String CONSUMER = Type.getInternalName(BiConsumer.class);
    private static final String CONSUMERS = Type.getDescriptor(BiConsumer[].class);
    private static final String OTHERS = "others";

    // Variables of the method that is made.
    private static final int THIS = 0;
    private static final int ARGUMENT_OBJECT = 1;
    private static final int ARGUMENT_WRITER = 2;
    private static final int OWN = 3;
    private static final int TARGET = 4;
    private static final int VALUE = 5;

    private final Class<?> type;
    private final String owner;
    private final String name;
    private final List<FieldWriter> fields;
    private final List<BiConsumer<Object, DocumentWriter>> others = new ArrayList<>();

    /** For properties that are read from members of {@code type}. */
    FieldCompiler(Class<?> type, List<FieldWriter> fields) {
        this.type = type;
        this.owner = Type.getInternalName(type);
        this.name = owner + "$$FieldWriter";
        this.fields = fields;
    }

    /** The code, which takes objects of the class and of those below it; {@code null} if the class does not allow it. */
    @SuppressWarnings("unchecked") // that is what it takes
    @Nullable
    BiConsumer<Object, DocumentWriter> compile() {
        if (type.isInterface() || type.isHidden() || !isWriterKnown()) {
            return null;
        }
        try {
            Lookup inType = MethodHandles.privateLookupIn(type, MethodHandles.lookup());
            if (!inType.hasFullPrivilegeAccess()) {
                return null; // It is in another module, or was loaded by another loader.
            }
            byte[] code = makeClass();
            Class<?> made = inType.defineHiddenClass(code, true, Lookup.ClassOption.NESTMATE)
                    .lookupClass();
            return (BiConsumer<Object, DocumentWriter>) made.getDeclaredConstructor(BiConsumer[].class)
                    .newInstance((Object) others.toArray(BiConsumer[]::new));
        } catch (ReflectiveOperationException e) {
            return null;
        }
    }

    private boolean isWriterKnown() {
        try {
            return Class.forName(DocumentWriter.class.getName(), false, type.getClassLoader()) == DocumentWriter.class;
        } catch (ClassNotFoundException e) {
            return false;
        }
    }

    private byte[] makeClass() {
        ClassWriter made = new ClassWriter(ClassWriter.COMPUTE_MAXS);
        made.visit(
                Opcodes.V17,
                Opcodes.ACC_PUBLIC | Opcodes.ACC_FINAL | Opcodes.ACC_SUPER | Opcodes.ACC_SYNTHETIC,
                name,
                null,
                OBJECT,
                new String[] {CONSUMER});
        made.visitField(Opcodes.ACC_PRIVATE | Opcodes.ACC_FINAL, OTHERS, CONSUMERS, null, null);
        putConstructor(made.visitMethod(Opcodes.ACC_PUBLIC, "<init>", "(" + CONSUMERS + ")V", null, null));
        putMethod(made.visitMethod(
                Opcodes.ACC_PUBLIC, "accept", methodType(void.class, Object.class, Object.class), null, null));
        made.visitEnd();
        return made.toByteArray();
    }

    private void putConstructor(MethodVisitor code) {
        code.visitCode();
        code.visitVarInsn(Opcodes.ALOAD, THIS);
        code.visitMethodInsn(Opcodes.INVOKESPECIAL, OBJECT, "<init>", "()V", false);
        code.visitVarInsn(Opcodes.ALOAD, THIS);
        code.visitVarInsn(Opcodes.ALOAD, ARGUMENT_OBJECT);
        code.visitFieldInsn(Opcodes.PUTFIELD, name, OTHERS, CONSUMERS);
        end(code);
    }

    private void putMethod(MethodVisitor code) {
        code.visitCode();
        code.visitVarInsn(Opcodes.ALOAD, ARGUMENT_OBJECT);
        code.visitTypeInsn(Opcodes.CHECKCAST, owner);
        code.visitVarInsn(Opcodes.ASTORE, OWN);
        code.visitVarInsn(Opcodes.ALOAD, ARGUMENT_WRITER);
        code.visitTypeInsn(Opcodes.CHECKCAST, WRITER);
        code.visitVarInsn(Opcodes.ASTORE, TARGET);
        for (FieldWriter field : fields) {
            putField(field, code);
        }
        end(code);
    }

    private void putField(FieldWriter field, MethodVisitor code) {
        Member member = Objects.requireNonNull(field.getter().member(), "only the accessor reads it");
        Class<?> read = member instanceof Method method ? method.getReturnType() : ((Field) member).getType();
        ValueMapper mapper = field.property().value();
        if (read == String.class && mapper == ScalarMappers.TEXTS) {
            putText(field, member, code);
        } else if (read.isPrimitive() && read != char.class && mapper == ScalarMappers.of(read)) {
            putPrimitive(field, member, read, code);
        } else if (read.isPrimitive()) {
            putOther(field::write, () -> code.visitVarInsn(Opcodes.ALOAD, OWN), code);
        } else {
            putOther(field::writeValue, () -> putRead(member, code), code);
        }
    }

    private void putText(FieldWriter field, Member member, MethodVisitor code) {
        putRead(member, code);
        code.visitVarInsn(Opcodes.ASTORE, VALUE);
        code.visitVarInsn(Opcodes.ALOAD, VALUE);
        Label absent = new Label();
        code.visitJumpInsn(Opcodes.IFNULL, absent);
        putName(field, code);
        code.visitVarInsn(Opcodes.ALOAD, TARGET);
        code.visitVarInsn(Opcodes.ALOAD, VALUE);
        putCall("writeString", String.class, code);
        code.visitLabel(absent);
        code.visitFrame(Opcodes.F_FULL, VALUE, new Object[] {name, OBJECT, OBJECT, owner, WRITER}, 0, new Object[0]);
    }

    private void putPrimitive(FieldWriter field, Member member, Class<?> read, MethodVisitor code) {
        Class<?> written = writtenType(read);
        putRead(member, code);
        if (read != written) {
            code.visitInsn(written == long.class ? Opcodes.I2L : Opcodes.F2D);
        }
        code.visitVarInsn(Type.getType(written).getOpcode(Opcodes.ISTORE), VALUE);
        putName(field, code);
        code.visitVarInsn(Opcodes.ALOAD, TARGET);
        code.visitVarInsn(Type.getType(written).getOpcode(Opcodes.ILOAD), VALUE);
        String method = written == long.class ? "writeLong" : written == double.class ? "writeDouble" : "writeBoolean";
        putCall(method, written, code);
    }

    private static Class<?> writtenType(Class<?> read) {
        if (read == boolean.class) {
            return boolean.class;
        }
        return read == float.class || read == double.class ? double.class : long.class;
    }

    private void putOther(BiConsumer<Object, DocumentWriter> other, Runnable putArgument, MethodVisitor code) {
        code.visitVarInsn(Opcodes.ALOAD, THIS);
        code.visitFieldInsn(Opcodes.GETFIELD, name, OTHERS, CONSUMERS);
        code.visitIntInsn(Opcodes.SIPUSH, others.size());
        code.visitInsn(Opcodes.AALOAD);
        putArgument.run();
        code.visitVarInsn(Opcodes.ALOAD, TARGET);
        code.visitMethodInsn(
                Opcodes.INVOKEINTERFACE, CONSUMER, "accept", methodType(void.class, Object.class, Object.class), true);
        others.add(other);
    }

    private void putRead(Member member, MethodVisitor code) {
        code.visitVarInsn(Opcodes.ALOAD, OWN);
        if (member instanceof Method method) {
            code.visitMethodInsn(
                    Opcodes.INVOKEVIRTUAL, owner, method.getName(), Type.getMethodDescriptor(method), false);
        } else {
            Field field = (Field) member;
            code.visitFieldInsn(Opcodes.GETFIELD, owner, field.getName(), Type.getDescriptor(field.getType()));
        }
    }

    private static void putName(FieldWriter field, MethodVisitor code) {
        code.visitVarInsn(Opcodes.ALOAD, TARGET);
        code.visitLdcInsn(field.property().fieldName());
        putCall("name", String.class, code);
    }

    private static void putCall(String method, Class<?> argument, MethodVisitor code) {
        code.visitMethodInsn(Opcodes.INVOKEINTERFACE, WRITER, method, methodType(void.class, argument), true);
    }

    private static void end(MethodVisitor code) {
        code.visitInsn(Opcodes.RETURN);
        code.visitMaxs(0, 0); // computed
        code.visitEnd();
    }

    private static String methodType(Class<?> result, Class<?>... arguments) {
        Type[] types = new Type[arguments.length];
        for (int at = 0; at < types.length; at++) {
            types[at] = Type.getType(arguments[at]);
        }
        return Type.getMethodDescriptor(Type.getType(result), types);
    }
}
