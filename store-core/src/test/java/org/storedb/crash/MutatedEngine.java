package org.storedb.crash;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.spi.ToolProvider;
import org.jspecify.annotations.Nullable;

/**
 * Loads the engine and its campaigns once more, with one class compiled from a source that has a bug. All classes of ours
 * are loaded anew, everything else is shared.
 */
final class MutatedEngine extends ClassLoader {

    private static final Path SOURCES = Path.of("src", "main", "java");

    private final ClassLoader original = MutatedEngine.class.getClassLoader();
    private final Path mutatedClasses;

    private MutatedEngine(Path mutatedClasses) {
        super(MutatedEngine.class.getClassLoader());
        this.mutatedClasses = mutatedClasses;
    }

    /** What the campaign that a bug names finds in an engine with it, or {@code null}. */
    static @Nullable String hunt(EngineBug bug, Path workFolder) throws IOException, ReflectiveOperationException {
        MutatedEngine engine = new MutatedEngine(compiled(bug, workFolder));
        Class<?> hunt = engine.loadClass(BugHunt.class.getName());
        return (String)
                hunt.getMethod("hunt", String.class).invoke(null, bug.campaign().name());
    }

    private static Path compiled(EngineBug bug, Path workFolder) throws IOException {
        String file = bug.className().replace('.', '/') + ".java";
        Path source = workFolder.resolve("source").resolve(file);
        Path classes = workFolder.resolve("classes");
        Files.createDirectories(source.getParent());
        Files.createDirectories(classes);
        Files.writeString(source, bug.plantedIn(Files.readString(SOURCES.resolve(file))));
        StringWriter messages = new StringWriter();
        PrintWriter output = new PrintWriter(messages);
        ToolProvider compiler = ToolProvider.findFirst("javac").orElseThrow();
        String[] arguments = {
            "-nowarn",
            "-proc:none",
            "-implicit:none",
            "-d",
            classes.toString(),
            "-cp",
            ChildJvm.classPath(),
            source.toString()
        };
        if (compiler.run(output, output, arguments) != 0) {
            throw new AssertionError(bug + " does not compile: " + messages);
        }
        return classes;
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
        String file = name.replace('.', '/') + ".class";
        Path mutated = mutatedClasses.resolve(file);
        try (InputStream bytes =
                Files.exists(mutated) ? Files.newInputStream(mutated) : original.getResourceAsStream(file)) {
            if (bytes == null) {
                throw new ClassNotFoundException(name);
            }
            byte[] content = bytes.readAllBytes();
            return defineClass(name, content, 0, content.length);
        } catch (IOException e) {
            throw new ClassNotFoundException(name, e);
        }
    }
}
