package org.storedb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.lang.module.Configuration;
import java.lang.module.ModuleFinder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.function.Supplier;
import java.util.spi.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.storedb.error.InvalidDocumentException;

/** Documents of an application that is a Java module. */
class ModuleTests {

    private static final String OPEN = "opens notes to tools.jackson.databind, org.storedb.core;";

    private static final String WHAT_TO_DECLARE = "add \"" + OPEN + "\" to the module-info.java of notes.app";

    @TempDir
    Path folder;

    @Test
    void documentsAreInAPackageThatIsOpen() throws Exception {
        assertThat(application(OPEN).get()).isEqualTo("hello");
    }

    @Test
    void aPackageThatIsNotOpenIsNamedWithWhatToDeclare() throws Exception {
        assertThatThrownBy(application("")::get)
                .isInstanceOf(InvalidDocumentException.class)
                .hasMessageContaining(WHAT_TO_DECLARE);
        assertThatThrownBy(application("opens notes to org.storedb.core;")::get)
                .isInstanceOf(InvalidDocumentException.class)
                .hasMessageContaining(WHAT_TO_DECLARE);
        assertThatThrownBy(application("opens notes to tools.jackson.databind;")::get)
                .isInstanceOf(InvalidDocumentException.class)
                .hasMessageContaining(WHAT_TO_DECLARE);
    }

    @Test
    void aClassOfAFieldIsInAPackageThatIsOpen() throws Exception {
        assertThatThrownBy(application(OPEN, "new Tag(\"sea\")")::get)
                .isInstanceOf(InvalidDocumentException.class)
                .hasMessageContaining("notes.tags.Tag")
                .hasMessageEndingWith(
                        "the packages of all classes in a document must be open to tools.jackson.databind");
        assertThat(application(OPEN + " opens notes.tags to tools.jackson.databind;", "new Tag(\"sea\")")
                        .get())
                .isEqualTo("hello");
    }

    private Supplier<String> application(String declaration) throws IOException, ReflectiveOperationException {
        return application(declaration, "null");
    }

    /**
     * Compiles an application with this declaration in its module-info.java; it stores a note with a tag and returns its
     * text.
     */
    @SuppressWarnings("unchecked")
    private Supplier<String> application(String declaration, String tag)
            throws IOException, ReflectiveOperationException {
        Path sources = Files.createTempDirectory(folder, "sources");
        Path module = Files.writeString(sources.resolve("module-info.java"), """
                module notes.app {
                    requires org.storedb.core;
                    exports notes;
                    %s
                }
                """.formatted(declaration));
        Path notes = Files.createDirectory(sources.resolve("notes"));
        Path code = Files.writeString(notes.resolve("Notes.java"), """
                package notes;

                import notes.tags.Tag;
                import org.storedb.DocumentCollection;
                import org.storedb.Store;

                public class Notes implements java.util.function.Supplier<String> {

                    record Note(String id, String text, Tag tag) {}

                    @Override
                    public String get() {
                        try (Store store = Store.openInMemory()) {
                            DocumentCollection<Note> notes = store.collection("notes", Note.class);
                            Note note = notes.insert(new Note(null, "hello", %s));
                            return notes.get(note.id()).orElseThrow().text();
                        }
                    }
                }
                """.formatted(tag));
        Path tags = Files.createDirectory(notes.resolve("tags"));
        Path tagCode = Files.writeString(tags.resolve("Tag.java"), """
                package notes.tags;

                public record Tag(String name) {}
                """);
        Path classes = Files.createTempDirectory(folder, "classes");
        String modules = System.getProperty("jdk.module.path");
        int result = ToolProvider.findFirst("javac")
                .orElseThrow()
                .run(
                        System.out,
                        System.err,
                        "-p",
                        modules,
                        "-d",
                        classes.toString(),
                        module.toString(),
                        code.toString(),
                        tagCode.toString());
        assertThat(result).isZero();
        Configuration configuration = ModuleLayer.boot()
                .configuration()
                .resolve(ModuleFinder.of(classes), ModuleFinder.of(), Set.of("notes.app"));
        ModuleLayer layer =
                ModuleLayer.boot().defineModulesWithOneLoader(configuration, ClassLoader.getSystemClassLoader());
        Class<?> type = layer.findLoader("notes.app").loadClass("notes.Notes");
        return (Supplier<String>) type.getDeclaredConstructor().newInstance();
    }
}
