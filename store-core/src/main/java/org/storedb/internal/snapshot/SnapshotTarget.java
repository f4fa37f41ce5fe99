package org.storedb.internal.snapshot;

import java.io.IOException;
import org.storedb.internal.log.RecordExpiry;

/**
 * Receives the contents of a snapshot file, in this order: the begin; each sequence; each part and its contents; the
 * end. For one thread.
 */
public interface SnapshotTarget {

    /**
     * Begins the snapshot.
     *
     * @param sequence the sequence of the last commit that is in it
     * @param takenAtMillis when it was taken, by the clock of the machine
     */
    void begin(long sequence, long takenAtMillis) throws IOException;

    /**
     * Receives a sequence of numbers.
     *
     * @param last the last number that may have been handed out
     */
    void sequence(String name, long last) throws IOException;

    /** Begins the next collection or keyspace. */
    void part(SnapshotPart part) throws IOException;

    /**
     * Receives a document of the latest collection.
     *
     * @param id a {@code String} or a {@code Long}
     * @param content what {@link org.storedb.document.DocumentWriter#writeValue} accepts
     */
    void document(Object id, long revision, RecordExpiry expiry, Object content) throws IOException;

    /** Receives an entry of the latest keyspace. */
    void entry(byte[] key, RecordExpiry expiry, byte[] value) throws IOException;

    /** Ends the snapshot. */
    void end() throws IOException;
}
