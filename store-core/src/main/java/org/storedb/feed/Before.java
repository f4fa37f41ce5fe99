package org.storedb.feed;

import java.util.Optional;

/**
 * The state before a change: known, nothing, or unknown and why.
 *
 * @param <T> a document, or the value of a key
 */
public sealed interface Before<T> {

    /** Returns the previous content, if there was any and it is known. */
    default Optional<T> content() {
        return this instanceof Known<T> known ? Optional.of(known.image()) : Optional.empty();
    }

    /** There was previous content. */
    record Known<T>(T image) implements Before<T> {}

    /** There was nothing before. */
    record Nothing<T>() implements Before<T> {}

    /** The previous content is unknown. */
    record Unknown<T>(Reason reason) implements Before<T> {}

    /** Why the previous content is unknown. */
    enum Reason {

        /** The request did not ask for it, see {@link ChangeRequest#withBefore()}. */
        NOT_ASKED_FOR,

        /** The transaction was committed while no consumer asked for it. */
        NOT_NOTED,

        /** A compaction has since removed it. */
        REMOVED
    }
}
