package org.storedb.internal.transaction;

/**
 * An entry that an index gets or loses.
 *
 * @param uniquePrefixBytes how many bytes at the start of the key no other entry may have; 0 if others may
 */
@SuppressWarnings("ArrayRecordComponent") // Never compared.
public record IndexChange(int treeId, byte[] key, boolean added, int uniquePrefixBytes) {}
