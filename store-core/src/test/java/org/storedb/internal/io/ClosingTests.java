package org.storedb.internal.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ClosingTests {

    private final IOException first = new IOException("first");
    private final IllegalStateException second = new IllegalStateException("second");
    private final List<String> closed = new ArrayList<>();

    @Test
    void eachIsClosedInOrder() throws IOException {
        Closing.inOrder(part("a"), part("b"), part("c"));
        assertThat(closed).containsExactly("a", "b", "c");
    }

    @Test
    void theFirstFailureIsThrownWhenAllAreClosed() {
        assertThatThrownBy(() -> Closing.inOrder(failing(first), part("a"), failing(second), failing(first), part("b")))
                .isSameAs(first)
                .hasSuppressedException(second);
        assertThat(closed).containsExactly("a", "b");

        assertThatThrownBy(() -> Closing.inOrder(failing(second))).isSameAs(second);
        OutOfMemoryError error = new OutOfMemoryError("planned");
        assertThatThrownBy(() -> Closing.all(List.of(failing(error), part("c"))))
                .isSameAs(error);
        assertThat(closed).containsExactly("a", "b", "c");
    }

    @Test
    void whatFailsAfterAFailureDoesNotHideIt() {
        Closing.after(first, List.of(failing(second), failing(first), part("a")));
        assertThat(first.getSuppressed()).containsExactly(second);
        assertThat(closed).containsExactly("a");
    }

    private Closeable part(String name) {
        return () -> closed.add(name);
    }

    private static Closeable failing(Throwable failure) {
        return () -> {
            if (failure instanceof IOException e) {
                throw e;
            }
            if (failure instanceof RuntimeException e) {
                throw e;
            }
            throw (Error) failure;
        };
    }
}
