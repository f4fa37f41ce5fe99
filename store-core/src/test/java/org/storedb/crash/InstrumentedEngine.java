package org.storedb.crash;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Set;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.Handle;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;
import org.storedb.testing.AllocationFaults;

/**
 * Loads the engine and its campaigns once more, with a call of {@link AllocationFaults#allocating} at each allocation
 * in what data depend on: {@code new}, lambdas and joined texts, and calls of the JDK's collections that allocate. All
 * classes of ours are loaded anew, everything else is shared.
 */
final class InstrumentedEngine extends ClassLoader {

    private static final List<String> INSTRUMENTED = List.of(
            "org.storedb.internal.transaction.",
            "org.storedb.internal.log.",
            "org.storedb.internal.recovery.",
            "org.storedb.internal.compaction.",
            "org.storedb.internal.checkpoint.",
            "org.storedb.internal.index.",
            "org.storedb.internal.document.",
            "org.storedb.internal.bytes.");
    private static final Set<String> ALLOCATING_CALLS = Set.of(
            "add",
            "addAll",
            "put",
            "putAll",
            "merge",
            "computeIfAbsent",
            "copyOf",
            "copyOfRange",
            "of",
            "clone",
            "stream",
            "toList",
            "valueOf",
            "iterator");

    private final ClassLoader original = InstrumentedEngine.class.getClassLoader();
    private int sites;

    InstrumentedEngine() {
        super(InstrumentedEngine.class.getClassLoader());
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
        if (!name.startsWith("org.storedb.")) {
            return super.loadClass(name, resolve);
        }
        synchronized (getClassLoadingLock(name)) {
            Class<?> loaded = findLoadedClass(name);
            return loaded == null ? define(name) : loaded;
        }
    }

    private Class<?> define(String name) throws ClassNotFoundException {
        try (InputStream bytes = original.getResourceAsStream(name.replace('.', '/') + ".class")) {
            if (bytes == null) {
                throw new ClassNotFoundException(name);
            }
            byte[] content = bytes.readAllBytes();
            if (INSTRUMENTED.stream().anyMatch(name::startsWith)) {
                content = instrumented(content);
            }
            return defineClass(name, content, 0, content.length);
        } catch (IOException e) {
            throw new ClassNotFoundException(name, e);
        }
    }

    private byte[] instrumented(byte[] content) {
        ClassReader reader = new ClassReader(content);
        ClassWriter writer = new ClassWriter(reader, ClassWriter.COMPUTE_MAXS);
        reader.accept(
                new ClassVisitor(Opcodes.ASM9, writer) {
                    @Override
                    public MethodVisitor visitMethod(
                            int access, String name, String descriptor, String signature, String[] exceptions) {
                        MethodVisitor method = super.visitMethod(access, name, descriptor, signature, exceptions);
                        // An error in a static initializer makes the class unusable for the rest of the life of the
                        // JVM.
                        return name.equals("<clinit>") ? method : new Allocations(method);
                    }
                },
                0);
        return writer.toByteArray();
    }

    /** Puts the call to each allocation of a method. */
    private final class Allocations extends MethodVisitor {

        Allocations(MethodVisitor next) {
            super(Opcodes.ASM9, next);
        }

        @Override
        public void visitTypeInsn(int opcode, String type) {
            super.visitTypeInsn(opcode, type);
            if (opcode == Opcodes.NEW || opcode == Opcodes.ANEWARRAY) {
                announce(); // Afterwards, because frames know what is not initialized yet by the place of this.
            }
        }

        @Override
        public void visitIntInsn(int opcode, int operand) {
            if (opcode == Opcodes.NEWARRAY) {
                announce();
            }
            super.visitIntInsn(opcode, operand);
        }

        @Override
        public void visitMultiANewArrayInsn(String descriptor, int dimensions) {
            announce();
            super.visitMultiANewArrayInsn(descriptor, dimensions);
        }

        @Override
        public void visitInvokeDynamicInsn(String name, String descriptor, Handle bootstrap, Object... arguments) {
            announce();
            super.visitInvokeDynamicInsn(name, descriptor, bootstrap, arguments);
        }

        @Override
        public void visitMethodInsn(int opcode, String owner, String name, String descriptor, boolean isInterface) {
            boolean jdk = owner.startsWith("java/util/") || owner.startsWith("java/lang/") || owner.startsWith("[");
            if (jdk && ALLOCATING_CALLS.contains(name)) {
                announce();
            }
            super.visitMethodInsn(opcode, owner, name, descriptor, isInterface);
        }

        private void announce() {
            super.visitLdcInsn(sites++);
            super.visitMethodInsn(
                    Opcodes.INVOKESTATIC,
                    Type.getInternalName(AllocationFaults.class),
                    "allocating",
                    Type.getMethodDescriptor(Type.VOID_TYPE, Type.INT_TYPE),
                    false);
        }
    }
}
