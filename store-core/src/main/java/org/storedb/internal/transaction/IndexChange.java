package org.storedb.internal.transaction;

/**
 * An entry that an index gains or loses.
 *
 * @param uniquePrefixBytes length of the prefix of the key that no other entry may share; 0 if others may
 */
@SuppressWarnings("ArrayRecordComponent") // Never compared.
public record IndexChange(int treeId, byte[] key, boolean added, int uniquePrefixBytes) {}
