package org.storedb.spring.autoconfigure;

import java.util.stream.Stream;

/** Tells exceptions of Spring Data that the store's module has caused from those of other modules. */
final class ExceptionOrigin {

    private ExceptionOrigin() {}

    /** Returns whether an exception was thrown by, or beneath, code in packages that begin with {@code prefix}. */
    static boolean isIn(String prefix, Throwable exception) {
        return Stream.of(exception.getStackTrace())
                .anyMatch(frame -> frame.getClassName().startsWith(prefix));
    }
}
