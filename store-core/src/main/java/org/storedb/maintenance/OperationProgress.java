package org.storedb.maintenance;

/**
 * The progress of a long operation.
 *
 * @param phase what it is doing, in a few words for people
 * @param done how much of this phase is done, in bytes or entries
 * @param total how much there is to do in this phase; 0 if unknown
 */
public record OperationProgress(String phase, long done, long total) {}
