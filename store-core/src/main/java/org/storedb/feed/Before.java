package org.storedb.feed;

import java.util.Optional;

/**
 * What was there before a change: known, nothing, or not known, and why.
 *
 * @param <T> a document, or the value of a key
 */
public sealed interface Before<T> {

    /** What was there, if something was and that is known. */
    default Optional<T> content() {
        return this instanceof Known<T> known ? Optional.of(known.image()) : Optional.empty();
    }

    /** Something was there. */
    record Known<T>(T image) implements Before<T> {}

    /** Nothing was there. */
    record Nothing<T>() implements Before<T> {}

    /** It is not known what was there. */
    record Unknown<T>(Reason reason) implements Before<T> {}

    /** Why it is not known. */
    enum Reason {

        /** The request did not ask for it, see {@link ChangeRequest#withBefore()}. */
        NOT_ASKED_FOR,

        /** The transaction was committed at a time when nobody asked for it. */
        NOT_NOTED,

        /** A compaction has removed it since. */
        REMOVED
    }
}
