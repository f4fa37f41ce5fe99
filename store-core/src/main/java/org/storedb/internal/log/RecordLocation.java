package org.storedb.internal.log;

/**
 * The location of the record that an operation replaces, now or formerly. Its segment may no longer exist.
 *
 * @param segment id of the segment
 * @param offset where the record begins there
 * @param length bytes of the record
 * @param sequence the commit that wrote it
 */
public record RecordLocation(int segment, int offset, int length, long sequence) {}
