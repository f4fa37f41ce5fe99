package org.storedb.internal.query;

import org.jspecify.annotations.Nullable;
import org.storedb.internal.transaction.RecordPointer;

/** The records that a plan leads to, one after the other. */
interface KeySource {

    /** Moves to the next one; false if there is none. */
    boolean next();

    byte[] recordKey();

    /** Where the record is, if this is known without looking it up. */
    @Nullable
    RecordPointer pointer();
}
