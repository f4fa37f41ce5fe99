package org.storedb.internal.log;

import org.jspecify.annotations.Nullable;
import org.storedb.error.CorruptStoreException;

/** Makes the exceptions for data that only a backup brings back: where it is, what is wrong, and what to do. */
public final class Corruption {

    private Corruption() {}

    /** Returns the exception for a damaged file; {@code how} is a sentence without a full stop. */
    static CorruptStoreException inFile(String file, long offset, String how) {
        return of(file, offset, "The file " + file + " is damaged at byte " + offset + ": " + how);
    }

    /** Returns the exception for a damaged record; {@code how} ends a sentence that begins with it. */
    public static CorruptStoreException inRecord(Segment segment, long offset, String how) {
        return inRecord(segment, offset, how, null);
    }

    /** Returns {@link #inRecord(Segment, long, String)}, with a cause. */
    public static CorruptStoreException inRecord(Segment segment, long offset, String how, @Nullable Throwable cause) {
        String file = segment.fileName();
        return of(file, offset, "The record at byte " + offset + " of " + file + " " + how, cause);
    }

    /** Returns the exception for {@code what}, a sentence without a full stop. */
    static CorruptStoreException of(String file, long offset, String what) {
        return of(file, offset, what, null);
    }

    /** Returns {@link #of(String, long, String)}, with a cause. */
    static CorruptStoreException of(String file, long offset, String what, @Nullable Throwable cause) {
        return new CorruptStoreException(
                file,
                offset,
                what + "; nothing was changed, restore the directory from a backup, or salvage what can be read"
                        + " (StoreSalvage)",
                cause);
    }
}
