package org.storedb.internal.transaction;

import org.jspecify.annotations.Nullable;

/**
 * The last thing that a transaction does to one key.
 *
 * @param value the new value, or {@code null} for a delete
 * @param revision the new revision; 0 for a delete
 * @param blind whether it may replace whatever another transaction has written meanwhile
 */
@SuppressWarnings("ArrayRecordComponent") // Never compared.
public record RecordWrite(int treeId, byte[] key, byte @Nullable [] value, long revision, boolean blind) {}
