package org.storedb.spring.restart;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.OverridingClassLoader;
import org.springframework.core.io.DefaultResourceLoader;
import org.springframework.util.ReflectionUtils;
import org.storedb.Store;

/** An application that restarts in the same process on the same directory, as with DevTools. */
class RestartTests {

    private static final String APPLICATION = "org.storedb.spring.restart.application";

    @TempDir
    private Path directory;

    @Test
    void restartWithNewlyLoadedClassesFindsEverything() {
        Class<?>[] desks = new Class<?>[2];
        run(context -> {
            desks[0] = deskIn(context).getClass();
            assertThat(addedTo(context, "1")).containsExactly("UrgentNote note 1");
            assertThat(call(context, "count").toString()).isEqualTo("Count[value=1]");
            await().atMost(20, SECONDS).until(() -> call(context, "heard").equals(List.of("note 1")));
        });
        run(context -> {
            desks[1] = deskIn(context).getClass();
            assertThat(addedTo(context, "2"))
                    .containsExactly("UrgentNote note 1", "UrgentNote note 2", "Note note: closed");
            assertThat(call(context, "count").toString()).as("cached").isEqualTo("Count[value=1]");
            await().atMost(20, SECONDS).until(() -> call(context, "heard").equals(List.of("note: closed", "note 2")));
        });
        assertThat(desks[0].getClassLoader()).isNotSameAs(desks[1].getClassLoader());
    }

    @Test
    void stoppedAndStartedContextGoesOn() {
        run(context -> {
            addedTo(context, "1");
            context.stop();
            assertThat(context.getBean(Store.class).isOpen()).isTrue();
            addedTo(context, "2");
            context.start();
            assertThat(addedTo(context, "3")).hasSize(3);
            await().atMost(20, SECONDS)
                    .until(() -> call(context, "heard").equals(List.of("note 1", "note 2", "note 3")));
        });
    }

    private void run(Consumer<ConfigurableApplicationContext> work) {
        ClassLoader loader = new RestartClassLoader(RestartTests.class.getClassLoader());
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        thread.setContextClassLoader(loader);
        try (ConfigurableApplicationContext context = new SpringApplicationBuilder(
                        loader.loadClass(APPLICATION + ".NoteApplication"))
                .resourceLoader(new DefaultResourceLoader(loader))
                .web(WebApplicationType.NONE)
                .properties("store.path=" + directory, "store.cache.enabled=true")
                .run()) {
            work.accept(context);
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException(e);
        } finally {
            thread.setContextClassLoader(before);
        }
    }

    private static Object deskIn(ConfigurableApplicationContext context) {
        return context.getBean("noteDesk");
    }

    @SuppressWarnings("unchecked") // the desk is a function from String
    private static List<String> addedTo(ConfigurableApplicationContext context, String text) {
        return ((Function<String, List<String>>) deskIn(context)).apply(text);
    }

    private static Object call(ConfigurableApplicationContext context, String method) {
        Object desk = deskIn(context);
        Object result = ReflectionUtils.invokeMethod(
                Objects.requireNonNull(ReflectionUtils.findMethod(desk.getClass(), method)), desk);
        return Objects.requireNonNull(result);
    }

    /** Loads the classes of the application itself, and delegates all others to its parent. */
    private static final class RestartClassLoader extends OverridingClassLoader {

        RestartClassLoader(ClassLoader parent) {
            super(parent);
        }

        @Override
        protected boolean isEligibleForOverriding(String className) {
            return className.startsWith(APPLICATION);
        }
    }
}
