package org.storedb.internal.log;

/**
 * Where the record is, or was, that an operation takes the place of. Its segment may be gone by the time that somebody looks.
 *
 * @param segment id of the segment
 * @param offset where the record begins there
 * @param length bytes of the record
 * @param sequence the commit that wrote it
 */
public record RecordPlace(int segment, int offset, int length, long sequence) {}
