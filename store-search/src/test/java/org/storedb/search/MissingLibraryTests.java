package org.storedb.search;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.storedb.Store;
import org.storedb.error.MissingLibraryException;
import org.storedb.search.definition.Language;
import org.storedb.search.definition.TextAnalyzer;
import org.storedb.search.definition.TextIndexDefinition;
import org.storedb.search.query.Highlighting;

class MissingLibraryTests {

    @ParameterizedTest
    @CsvSource({
        "lucene-core, org.apache.lucene.analysis.Analyzer",
        "lucene-core, org.apache.lucene.store.",
        "lucene-analysis-common, org.apache.lucene.analysis.en.",
        "lucene-highlighter, org.apache.lucene.search.uhighlight.",
    })
    void aMissingLibraryIsNamed(String library, String classes) throws Exception {
        try (URLClassLoader loader = without(classes)) {
            Callable<?> use = (Callable<?>) loader.loadClass(Use.class.getName())
                    .getDeclaredConstructor()
                    .newInstance();
            assertThat(use.call())
                    .asString()
                    .contains(MissingLibraryException.class.getName())
                    .contains(library);
        }
    }

    @Test
    void withAllOfThemItWorks() throws Exception {
        try (URLClassLoader loader = without("none at all")) {
            Callable<?> use = (Callable<?>) loader.loadClass(Use.class.getName())
                    .getDeclaredConstructor()
                    .newInstance();
            assertThat(use.call()).isEqualTo("[[one] word]");
        }
    }

    /** All classes once more, without those whose names begin so. */
    private static URLClassLoader without(String missing) {
        Path tests = Path.of(Objects.requireNonNull(MissingLibraryTests.class.getProtectionDomain())
                .getCodeSource()
                .getLocation()
                .getPath());
        List<Path> places = Stream.concat(
                        Stream.of(tests, tests.resolveSibling("test-classes"), tests.resolveSibling("classes")),
                        Stream.of("java.class.path", "jdk.module.path")
                                .map(System::getProperty)
                                .filter(Objects::nonNull)
                                .flatMap(path -> Arrays.stream(path.split(File.pathSeparator, -1)))
                                .filter(path -> !path.isEmpty())
                                .map(Path::of))
                .distinct()
                .toList();
        URL[] urls = places.stream().map(MissingLibraryTests::url).toArray(URL[]::new);
        return new URLClassLoader(urls, ClassLoader.getPlatformClassLoader()) {
            /** The parent knows the modules of this JVM, so what is to be loaded once more is loaded here first. */
            @Override
            protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
                if (!name.startsWith("org.storedb.") && !name.startsWith("org.apache.lucene.")) {
                    return super.loadClass(name, resolve);
                }
                synchronized (getClassLoadingLock(name)) {
                    Class<?> loaded = findLoadedClass(name);
                    return loaded == null ? findClass(name) : loaded;
                }
            }

            @Override
            protected Class<?> findClass(String name) throws ClassNotFoundException {
                if (name.startsWith(missing)) {
                    throw new ClassNotFoundException(name);
                }
                return super.findClass(name);
            }
        };
    }

    private static URL url(Path place) {
        try {
            return place.toUri().toURL();
        } catch (MalformedURLException e) {
            throw new IllegalArgumentException(e);
        }
    }

    /** Opens an index and looks for something; gives what was found, or what was thrown. */
    public static final class Use implements Callable<String> {

        public Use() {}

        @Override
        public String call() {
            try (Store store = Store.openInMemory()) {
                store.collection("notes").save(Map.of("id", 1L, "text", "one word"));
                TextIndexDefinition definition = TextIndexDefinition.of("notes")
                        .field("text", TextAnalyzer.words())
                        .field("english", TextAnalyzer.language(Language.ENGLISH));
                try (TextIndex index = TextIndex.inMemory(store, definition)) {
                    return index.search(TextSearch.of("one").highlight(Highlighting.of())).hits().stream()
                            .flatMap(hit -> hit.passages().stream())
                            .map(passage -> passage.marked("[", "]"))
                            .toList()
                            .toString();
                }
            } catch (RuntimeException | LinkageError e) {
                return e.toString();
            }
        }
    }
}
