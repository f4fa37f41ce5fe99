package org.storedb.internal.snapshot;

import java.io.IOException;
import org.storedb.internal.log.RecordExpiry;

/** Takes what a snapshot file has, in this order: the begin; each sequence; each part and what is in it; the end. For one thread. */
public interface SnapshotTarget {

    /**
     * Begins.
     *
     * @param sequence of the last commit that is in it
     * @param takenAtMillis when it was taken, by the clock of the machine
     */
    void begin(long sequence, long takenAtMillis) throws IOException;

    /**
     * A sequence of numbers.
     *
     * @param last number that may have been given out
     */
    void sequence(String name, long last) throws IOException;

    /** Begins the next collection or keyspace. */
    void part(SnapshotPart part) throws IOException;

    /**
     * A document of the latest collection.
     *
     * @param id a {@code String} or a {@code Long}
     * @param content what {@link org.storedb.document.DocumentWriter#writeValue} takes
     */
    void document(Object id, long revision, RecordExpiry expiry, Object content) throws IOException;

    /** An entry of the latest keyspace. */
    void entry(byte[] key, RecordExpiry expiry, byte[] value) throws IOException;

    /** Ends. */
    void end() throws IOException;
}
