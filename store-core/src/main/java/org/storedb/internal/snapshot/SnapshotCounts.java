package org.storedb.internal.snapshot;

/** How much there is in a snapshot file. */
public record SnapshotCounts(long sequences, long parts, long documents, long entries) {}
