package org.storedb.spring.data.core.convert;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.lang.invoke.MethodHandles;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.asm.ClassWriter;
import org.springframework.asm.MethodVisitor;
import org.springframework.asm.Opcodes;
import org.springframework.asm.Type;
import org.springframework.data.annotation.AccessType;
import org.springframework.data.mapping.model.ClassGeneratingPropertyAccessorFactory;
import org.storedb.spring.data.core.StoreFixture;
import org.storedb.spring.data.core.mapping.StorePersistentEntity;
import org.storedb.spring.data.core.mapping.StorePersistentProperty;

/** Where code to write fields is generated, and that fields are written in the same way where it cannot be. */
@SuppressWarnings({"UnusedVariable", "UnusedMethod"}) // entities are read by the mapping
class FieldCompilerTests {

    private static final Map<String, Object> PRIVATE_FIELDS =
            Map.of("id", "1", "number", 3, "truth", true, "text", "kept");

    private final StoreFixture fixture = new StoreFixture();

    @AfterEach
    void close() {
        fixture.close();
    }

    @ParameterizedTest
    @ValueSource(classes = {PrivateFields.class, Point.class, Asked.class})
    void codeIsMadeForWhatAClassKeepsToItself(Class<?> type) {
        assertThat(new FieldCompiler(type, fieldsOf(type)).compile()).isNotNull();
    }

    @Test
    void codeWritesWhatIsWrittenWithoutIt() {
        fixture.template().insert(PrivateFields.make());
        assertThat(stored("privateFields")).isEqualTo(PRIVATE_FIELDS);
    }

    @Test
    void codeIsMadeForEachClassOfAHierarchy() {
        List<FieldWriter> fields = fieldsOf(Below.class);
        List<FieldWriter> above = declaredBy(Above.class, fields);
        List<FieldWriter> below = declaredBy(Below.class, fields);
        assertThat(above).hasSize(2);
        assertThat(below).hasSize(1);
        assertThat(new FieldCompiler(Above.class, above).compile()).isNotNull();
        assertThat(new FieldCompiler(Below.class, below).compile()).isNotNull();
        fixture.template().insert(new Below());
        assertThat(stored("below")).isEqualTo(Map.of("id", "1", "number", 1, "text", "below"));
    }

    @Test
    void classOfAnotherLoaderIsWrittenWithoutCode() throws ReflectiveOperationException {
        Class<?> type = new OwnLoader().loadClass(PrivateFields.class.getName());
        assertThat(type).isNotSameAs(PrivateFields.class);
        assertThat(new FieldCompiler(type, fieldsOf(type)).compile()).isNull();
        var constructor = type.getDeclaredConstructor();
        constructor.setAccessible(true);
        fixture.template().insert(constructor.newInstance());
        assertThat(stored("privateFields")).isEqualTo(PRIVATE_FIELDS);
    }

    @Test
    void interfaceHasNoCode() {
        assertThat(new FieldCompiler(Runnable.class, List.of()).compile()).isNull();
    }

    @Test
    void objectOfVeryManyPropertiesIsWrittenInParts() throws ReflectiveOperationException {
        Class<?> type = MethodHandles.lookup().defineClass(classWithNumbers(250));
        fixture.template().insert(type.getDeclaredConstructor().newInstance());
        Map<String, @Nullable Object> stored = stored("wide");
        assertThat(stored).hasSize(251);
        for (int number = 0; number < 250; number++) {
            assertThat(stored).containsEntry("number" + number, number);
        }
    }

    private Map<String, @Nullable Object> stored(String collection) {
        return fixture.store().collection(collection).get("1").orElseThrow();
    }

    private List<FieldWriter> fieldsOf(Class<?> type) {
        StorePersistentEntity<?> entity =
                fixture.template().getConverter().getMappingContext().getRequiredPersistentEntity(type);
        PropertyAccess access = PropertyAccess.of(entity, new ClassGeneratingPropertyAccessorFactory());
        ObjectMapper mapper = fixture.template().getConverter().codec(type).mapper();
        return StreamSupport.stream(entity.spliterator(), false)
                .map(property -> fieldOf(property, mapper, access))
                .toList();
    }

    private static FieldWriter fieldOf(StorePersistentProperty property, ObjectMapper mapper, PropertyAccess access) {
        return new FieldWriter(
                Objects.requireNonNull(mapper.property(property.getName())), PropertyGetter.of(property, access));
    }

    private static List<FieldWriter> declaredBy(Class<?> type, List<FieldWriter> fields) {
        return fields.stream()
                .filter(field -> Objects.requireNonNull(field.getter().member()).getDeclaringClass() == type)
                .toList();
    }

    /** Generates a class with this many numbers, each with its own value, and the id 1. */
    private static byte[] classWithNumbers(int count) {
        String name = FieldCompilerTests.class.getPackageName().replace('.', '/') + "/Wide";
        ClassWriter made = new ClassWriter(ClassWriter.COMPUTE_MAXS);
        made.visit(Opcodes.V17, Opcodes.ACC_PUBLIC | Opcodes.ACC_SUPER, name, null, "java/lang/Object", null);
        made.visitField(Opcodes.ACC_PUBLIC, "id", Type.getDescriptor(String.class), null, null);
        MethodVisitor constructor = made.visitMethod(Opcodes.ACC_PUBLIC, "<init>", "()V", null, null);
        constructor.visitVarInsn(Opcodes.ALOAD, 0);
        constructor.visitMethodInsn(Opcodes.INVOKESPECIAL, "java/lang/Object", "<init>", "()V", false);
        constructor.visitVarInsn(Opcodes.ALOAD, 0);
        constructor.visitLdcInsn("1");
        constructor.visitFieldInsn(Opcodes.PUTFIELD, name, "id", Type.getDescriptor(String.class));
        for (int number = 0; number < count; number++) {
            made.visitField(Opcodes.ACC_PUBLIC, "number" + number, "I", null, null);
            constructor.visitVarInsn(Opcodes.ALOAD, 0);
            constructor.visitIntInsn(Opcodes.SIPUSH, number);
            constructor.visitFieldInsn(Opcodes.PUTFIELD, name, "number" + number, "I");
        }
        constructor.visitInsn(Opcodes.RETURN);
        constructor.visitMaxs(0, 0); // computed
        constructor.visitEnd();
        made.visitEnd();
        return made.toByteArray();
    }

    private record Point(String id, double x, float y, List<String> names) {}

    @AccessType(AccessType.Type.PROPERTY)
    private static class Asked {
        private String id = "";

        private String getId() {
            return id;
        }

        private void setId(String id) {
            this.id = id;
        }
    }

    private static class Above {
        private String id = "1";
        private int number = 1;
    }

    private static class Below extends Above {
        private String text = "below";
    }

    /** Loads {@link PrivateFields} a second time. */
    static final class OwnLoader extends ClassLoader {

        OwnLoader() {
            super(FieldCompilerTests.class.getClassLoader());
        }

        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            synchronized (getClassLoadingLock(name)) {
                if (!name.equals(PrivateFields.class.getName())) {
                    return super.loadClass(name, resolve);
                }
                Class<?> loaded = findLoadedClass(name);
                return loaded == null ? define(name) : loaded;
            }
        }

        private Class<?> define(String name) throws ClassNotFoundException {
            try (InputStream code = Objects.requireNonNull(getResourceAsStream(name.replace('.', '/') + ".class"))) {
                byte[] bytes = code.readAllBytes();
                return defineClass(name, bytes, 0, bytes.length);
            } catch (IOException e) {
                throw new ClassNotFoundException(name, e);
            }
        }
    }
}
