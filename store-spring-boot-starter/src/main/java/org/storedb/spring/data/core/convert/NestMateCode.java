package org.storedb.spring.data.core.convert;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodHandles.Lookup;
import java.lang.reflect.Array;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.asm.ClassWriter;
import org.springframework.asm.Label;
import org.springframework.asm.MethodVisitor;
import org.springframework.asm.Opcodes;
import org.springframework.asm.Type;

/**
 * A generated class that processes objects of another class as if it were part of that class: it has access to its
 * private members. It has one method, {@code accept(Object object, Object argument)}.
 *
 * @param <A> the type of the argument
 * @param <O> the type of the others: functions of two arguments for what is not worth generating code for
 */
final class NestMateCode<A, O> {

    // Local variables of the method.
    static final int OWN = 3; // the object, cast to its class
    static final int ARGUMENT = 4; // the argument, cast to its type
    static final int VALUE = 5;

    /** Maximum number of properties in one part; a JVM does not compile very long methods. */
    private static final int PART_MAX = 100;

    private static final int THIS = 0;
    private static final int ACCEPTED_OBJECT = 1;
    private static final int ACCEPTED_ARGUMENT = 2;

    private static final String OBJECT = Type.getInternalName(Object.class);
    private static final String CONSUMER = Type.getInternalName(BiConsumer.class);
    private static final String OTHERS = "others";

    private final Class<?> type;
    private final Class<A> argumentType;
    private final Class<?> otherType;
    private final String owner;
    private final String argument;
    private final String name;
    private final String othersDescriptor;
    private final List<O> others = new ArrayList<>();

    /**
     * Creates code for objects of a class.
     *
     * @param otherType the interface of the others, visible to every class loader
     */
    NestMateCode(Class<?> type, String suffix, Class<A> argumentType, Class<?> otherType) {
        this.type = type;
        this.argumentType = argumentType;
        this.otherType = otherType;
        this.owner = Type.getInternalName(type);
        this.argument = Type.getInternalName(argumentType);
        this.name = owner + "$$" + suffix;
        this.othersDescriptor = Type.getDescriptor(otherType.arrayType());
    }

    /**
     * Splits properties, in their order, into parts that code can be generated for: members of one class, and not too
     * many.
     *
     * @param declaringClass returns the class that declares a property's member; {@code null} if it has none
     */
    static <F> List<List<F>> parts(List<F> properties, Function<F, @Nullable Class<?>> declaringClass) {
        List<List<F>> parts = new ArrayList<>();
        int start = 0;
        for (int end = 1; end <= properties.size(); end++) {
            boolean full = end - start == PART_MAX || end == properties.size();
            if (full || declaringClass.apply(properties.get(end)) != declaringClass.apply(properties.get(start))) {
                parts.add(properties.subList(start, end));
                start = end;
            }
        }
        return parts;
    }

    /**
     * Generates the code, which accepts objects of the class and its subclasses; {@code null} if the class does not
     * allow it.
     */
    @SuppressWarnings("unchecked") // the generated method casts to it
    @Nullable
    BiConsumer<Object, A> make(Consumer<MethodVisitor> putStatements) {
        if (type.isInterface() || type.isHidden() || !isArgumentKnown()) {
            return null;
        }
        try {
            Lookup inType = MethodHandles.privateLookupIn(type, MethodHandles.lookup());
            if (!inType.hasFullPrivilegeAccess()) {
                return null; // It is in another module or class loader.
            }
            byte[] code = makeClass(putStatements);
            Class<?> made = inType.defineHiddenClass(code, true, Lookup.ClassOption.NESTMATE)
                    .lookupClass();
            Object[] all = others.toArray((Object[]) Array.newInstance(otherType, 0));
            return (BiConsumer<Object, A>)
                    made.getDeclaredConstructor(otherType.arrayType()).newInstance((Object) all);
        } catch (ReflectiveOperationException e) {
            return null;
        }
    }

    private boolean isArgumentKnown() {
        try {
            return Class.forName(argumentType.getName(), false, type.getClassLoader()) == argumentType;
        } catch (ClassNotFoundException e) {
            return false;
        }
    }

    private byte[] makeClass(Consumer<MethodVisitor> putStatements) {
        ClassWriter made = new ClassWriter(ClassWriter.COMPUTE_MAXS);
        made.visit(
                Opcodes.V17,
                Opcodes.ACC_PUBLIC | Opcodes.ACC_FINAL | Opcodes.ACC_SUPER | Opcodes.ACC_SYNTHETIC,
                name,
                null,
                OBJECT,
                new String[] {CONSUMER});
        made.visitField(Opcodes.ACC_PRIVATE | Opcodes.ACC_FINAL, OTHERS, othersDescriptor, null, null);
        putConstructor(made.visitMethod(Opcodes.ACC_PUBLIC, "<init>", "(" + othersDescriptor + ")V", null, null));
        MethodVisitor code = made.visitMethod(
                Opcodes.ACC_PUBLIC, "accept", methodType(void.class, Object.class, Object.class), null, null);
        code.visitCode();
        putCast(ACCEPTED_OBJECT, owner, OWN, code);
        putCast(ACCEPTED_ARGUMENT, argument, ARGUMENT, code);
        putStatements.accept(code);
        end(code);
        made.visitEnd();
        return made.toByteArray();
    }

    private void putConstructor(MethodVisitor code) {
        code.visitCode();
        code.visitVarInsn(Opcodes.ALOAD, THIS);
        code.visitMethodInsn(Opcodes.INVOKESPECIAL, OBJECT, "<init>", "()V", false);
        code.visitVarInsn(Opcodes.ALOAD, THIS);
        code.visitVarInsn(Opcodes.ALOAD, 1);
        code.visitFieldInsn(Opcodes.PUTFIELD, name, OTHERS, othersDescriptor);
        end(code);
    }

    private static void putCast(int from, String internalName, int to, MethodVisitor code) {
        code.visitVarInsn(Opcodes.ALOAD, from);
        code.visitTypeInsn(Opcodes.CHECKCAST, internalName);
        code.visitVarInsn(Opcodes.ASTORE, to);
    }

    /** Calls a method of the argument's interface with the values on the stack. */
    void putArgumentCall(String method, String methodDescriptor, MethodVisitor code) {
        code.visitMethodInsn(Opcodes.INVOKEINTERFACE, argument, method, methodDescriptor, true);
    }

    /**
     * Calls another function.
     *
     * @param method the method of its interface
     * @param putArguments pushes its arguments onto the stack
     */
    void putOther(O other, String method, Class<?> result, Runnable putArguments, MethodVisitor code) {
        code.visitVarInsn(Opcodes.ALOAD, THIS);
        code.visitFieldInsn(Opcodes.GETFIELD, name, OTHERS, othersDescriptor);
        code.visitIntInsn(Opcodes.SIPUSH, others.size());
        code.visitInsn(Opcodes.AALOAD);
        putArguments.run();
        code.visitMethodInsn(
                Opcodes.INVOKEINTERFACE,
                Type.getInternalName(otherType),
                method,
                methodType(result, Object.class, Object.class),
                true);
        others.add(other);
    }

    /** Places a label with a frame in which, as at the start, only the object and the argument are defined. */
    void putLabel(Label label, MethodVisitor code) {
        code.visitLabel(label);
        Object[] variables = {name, OBJECT, OBJECT, owner, argument};
        code.visitFrame(Opcodes.F_FULL, variables.length, variables, 0, new Object[0]);
    }

    static String methodType(Class<?> result, Class<?>... arguments) {
        Type[] types = new Type[arguments.length];
        for (int at = 0; at < types.length; at++) {
            types[at] = Type.getType(arguments[at]);
        }
        return Type.getMethodDescriptor(Type.getType(result), types);
    }

    private static void end(MethodVisitor code) {
        code.visitInsn(Opcodes.RETURN);
        code.visitMaxs(0, 0); // computed
        code.visitEnd();
    }
}
