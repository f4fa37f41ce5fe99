package org.storedb.internal.query;

import org.jspecify.annotations.Nullable;
import org.storedb.internal.transaction.KeptRecord;
import org.storedb.internal.transaction.RecordPointer;

/** The records that a plan produces, one after another. */
interface KeySource {

    /** Moves to the next record; returns false if there is none. */
    boolean next();

    byte[] recordKey();

    /** Returns the location of the record, if it is known without a lookup. */
    @Nullable
    RecordPointer pointer();

    /** Returns the record together with its key and location, if it need not be read; instead of those methods. */
    default @Nullable KeptRecord kept() {
        return null;
    }
}
