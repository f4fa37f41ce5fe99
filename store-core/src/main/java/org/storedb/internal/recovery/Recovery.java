package org.storedb.internal.recovery;

import java.io.IOException;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.storedb.internal.crypto.KeyRing;
import org.storedb.internal.io.Environment;
import org.storedb.internal.log.LogEncryption;
import org.storedb.internal.log.LogOpener;
import org.storedb.internal.log.SegmentedLog;
import org.storedb.internal.transaction.SpaceAccounting;
import org.storedb.internal.transaction.StoreState;
import org.storedb.storage.StorageDirectory;

/**
 * What a store is opened from.
 *
 * @param log fit to be appended to
 * @param state all records, without any index
 * @param accounting the figures of the log's bytes
 */
public record Recovery(SegmentedLog log, StoreState state, SpaceAccounting accounting) {

    /**
     * Opens the store in {@code directory}, or creates it.
     *
     * @param keys {@code null} for a store that is not encrypted
     * @throws org.storedb.error.WrongKeyException if they are not those that it is encrypted with; nothing was changed
     * @throws org.storedb.error.CorruptStoreException if something that was durable is damaged; nothing was changed
     * @throws org.storedb.error.UnsupportedFormatException if a newer version wrote it; nothing was changed
     */
    public static Recovery run(
            StorageDirectory directory, Environment environment, @Nullable KeyRing keys, int segmentBytes)
            throws IOException {
        LogReplay replay = new LogReplay();
        LogOpener opener =
                new LogOpener(directory, environment.clock(), LogEncryption.with(keys), segmentBytes, replay);
        SegmentedLog log = opener.open(newStoreId(environment));
        return new Recovery(log, replay.state(log.segments()), replay.accounting());
    }

    private static UUID newStoreId(Environment environment) {
        long version4 = (environment.random().nextLong() & ~0xF000L) | 0x4000L;
        long variant2 = (environment.random().nextLong() & 0x3FFF_FFFF_FFFF_FFFFL) | 0x8000_0000_0000_0000L;
        return new UUID(version4, variant2);
    }
}
