package org.storedb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.storedb.query.Filter;
import org.storedb.storage.StorageDirectory;

/** What must not be null is refused where it is given, by a message that names it. */
@SuppressWarnings("NullAway")
class NullArgumentTests {

    static Stream<Method> options() {
        return Arrays.stream(StoreOptions.class.getMethods())
                .filter(method -> method.getName().startsWith("with"))
                .filter(method -> !method.getParameterTypes()[0].isPrimitive());
    }

    @ParameterizedTest
    @MethodSource("options")
    void optionRefusesNull(Method option) {
        Object[] nulls = new Object[option.getParameterCount()];
        Throwable thrown = catchThrowable(() -> option.invoke(StoreOptions.defaults(), nulls));

        assertThat(thrown).isInstanceOf(InvocationTargetException.class);
        assertThat(thrown.getCause())
                .isInstanceOf(NullPointerException.class)
                .hasMessageMatching(
                        "(?i).*(%s|null).*".formatted(option.getName().substring("with".length())));
    }

    @Test
    void validatorIsRequired() {
        assertThatNullPointerException()
                .isThrownBy(() -> StoreOptions.defaults().withValidator("people", null))
                .withMessage("validator");
    }

    @Test
    void directoryIsRequired() {
        assertThatNullPointerException()
                .isThrownBy(() -> Store.open((Path) null))
                .withMessage("directory");
        assertThatNullPointerException()
                .isThrownBy(() -> Store.open((StorageDirectory) null, StoreOptions.defaults()))
                .withMessage("directory");
    }

    @Test
    void nameIsRequired() {
        try (Store store = Store.openInMemory()) {
            assertThatNullPointerException()
                    .isThrownBy(() -> store.collection(null))
                    .withMessage("The name of a collection is null");
            assertThatNullPointerException()
                    .isThrownBy(() -> store.keyspace(null))
                    .withMessage("The name of a keyspace is null");
        }
    }

    @Test
    void valueToCompareWithIsRequired() {
        assertThatNullPointerException()
                .isThrownBy(() -> Filter.gte("age", null))
                .withMessage("The value to compare 'age' with is null; use isNull");
        assertThatNullPointerException()
                .isThrownBy(() -> Filter.contains("name", null))
                .withMessage("The text to look for in 'name' is null; use isNull");
    }
}
