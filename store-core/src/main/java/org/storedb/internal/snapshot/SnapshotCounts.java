package org.storedb.internal.snapshot;

/** The numbers of items in a snapshot file. */
public record SnapshotCounts(long sequences, long parts, long documents, long entries) {}
