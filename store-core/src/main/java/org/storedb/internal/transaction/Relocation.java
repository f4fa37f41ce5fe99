package org.storedb.internal.transaction;

/**
 * The location of the copy of a key's record.
 *
 * @param copy has the sequence of the commit that wrote the original: the key is pointed to it unless the key has
 *     received another record meanwhile
 */
@SuppressWarnings("ArrayRecordComponent") // Never compared.
public record Relocation(int treeId, byte[] key, RecordPointer copy) {}
