package org.storedb.testing;

/** Throws checked exceptions where Java does not allow them, as code in Kotlin can. */
public final class CheckedExceptions {

    private CheckedExceptions() {}

    /** Throws this exception. */
    public static void throwAnyway(Exception checked) {
        CheckedExceptions.<RuntimeException>throwAs(checked);
    }

    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"}) // The cast is never checked, which is the purpose.
    private static <E extends Exception> void throwAs(Exception checked) throws E {
        throw (E) checked;
    }
}
