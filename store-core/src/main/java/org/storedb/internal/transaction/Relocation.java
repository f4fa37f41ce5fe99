package org.storedb.internal.transaction;

/**
 * Where the copy of a key's record is.
 *
 * @param copy names the commit that wrote the original: the key is pointed to it unless it has got another record meanwhile
 */
@SuppressWarnings("ArrayRecordComponent") // Never compared.
public record Relocation(int treeId, byte[] key, RecordPointer copy) {}
