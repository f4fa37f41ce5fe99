package org.storedb.maintenance;

/**
 * How far a long operation is.
 *
 * @param phase what it is doing, a few words for people
 * @param done how much of this phase is done, in bytes or entries
 * @param total how much that will be; 0 if it is not known
 */
public record OperationProgress(String phase, long done, long total) {}
