package org.storedb;

import java.time.InstantSource;
import org.jspecify.annotations.Nullable;
import org.storedb.internal.log.RecordExpiry;

/** Says when what is written now expires. Safe for use by many threads. */
final class ExpirySettings {

    private final InstantSource clock;

    ExpirySettings(InstantSource clock) {
        this.clock = clock;
    }

    /** Of a document that is written as a whole. */
    RecordExpiry of(@Nullable Expiry wanted) {
        return wanted == null ? RecordExpiry.NEVER : wanted.toRecordExpiry(clock.millis());
    }

    /** Of one that is changed, or used otherwise. */
    RecordExpiry renewed(RecordExpiry expiry) {
        return expiry.isSliding()
                ? new RecordExpiry(
                        Math.max(expiry.millis(), clock.millis() + expiry.slidingMillis()), expiry.slidingMillis())
                : expiry;
    }
}
