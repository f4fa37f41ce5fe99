package org.storedb.internal.feed;

import org.jspecify.annotations.Nullable;
import org.storedb.feed.Before;
import org.storedb.feed.ChangeKind;
import org.storedb.feed.ValueChange;

/**
 * A change of a key in a keyspace.
 *
 * @param ownKey must not be handed out
 * @param record contains the value after the change, or {@code null} if there is none
 */
@SuppressWarnings("ArrayRecordComponent") // Never compared.
record LoggedValueChange(
        ChangeKind kind,
        String source,
        byte[] ownKey,
        @Nullable LoggedRecord record,
        Before<FormerRecord> former) implements ValueChange {

    @Override
    public byte[] key() {
        return ownKey.clone();
    }

    @Override
    public byte[] value() {
        if (record == null) {
            throw new IllegalStateException(
                    "There is no value after a " + kind + " in keyspace '" + source + "'; check its kind first");
        }
        return record.decode().value().clone();
    }

    @Override
    public Before<byte[]> before() {
        return FrameChanges.map(former, record -> record.decode().value().clone());
    }

    @Override
    public String toString() {
        return kind + " " + source + " of " + ownKey.length + " bytes";
    }
}
