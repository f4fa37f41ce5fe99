package org.storedb.internal.log;

import org.storedb.internal.bytes.ByteReader;
import org.storedb.internal.bytes.ByteWriter;
import org.storedb.internal.bytes.MalformedBytesException;

/**
 * The time until which a record is valid.
 *
 * @param millis the time from which it is no longer valid, in milliseconds since 1970-01-01 UTC; above 0, and 0 only in
 *     {@link #NEVER}
 * @param slidingMillis how long, at least, each use keeps it valid; 0 if uses have no effect
 */
public record RecordExpiry(long millis, long slidingMillis) {

    /** The expiry of a record that never expires. */
    public static final RecordExpiry NEVER = new RecordExpiry(0, 0);

    public RecordExpiry {
        if (millis < 0 || slidingMillis < 0 || (millis == 0 && slidingMillis > 0)) {
            throw new IllegalArgumentException("A record cannot expire at " + millis + ", sliding by " + slidingMillis);
        }
    }

    public boolean isNever() {
        return millis == 0;
    }

    public boolean isSliding() {
        return slidingMillis > 0;
    }

    int encodedBytes() {
        return isNever() ? 0 : ByteWriter.varintBytes(millis) + ByteWriter.varintBytes(slidingMillis);
    }

    /** Writes an expiry that is not {@link #NEVER}. */
    void write(ByteWriter target) {
        target.putVarint(millis).putVarint(slidingMillis);
    }

    /**
     * Reads what {@link #write} wrote.
     *
     * @throws MalformedBytesException if the bytes are something else
     */
    static RecordExpiry read(ByteReader source) {
        long millis = source.readVarint();
        long slidingMillis = source.readVarint();
        if (millis <= 0 || slidingMillis < 0) {
            throw new MalformedBytesException("A record cannot expire at " + millis + ", sliding by " + slidingMillis);
        }
        return new RecordExpiry(millis, slidingMillis);
    }
}
