package org.storedb.internal.snapshot;

import java.util.zip.CRC32C;
import org.storedb.internal.bytes.ByteWriter;
import org.storedb.internal.bytes.MalformedBytesException;
import org.storedb.internal.log.RecordExpiry;

/**
 * Layout of a snapshot file in its compact form. Numbers are big-endian, lengths and counts are varints.
 *
 * <pre>
 * file         | header | block ... |
 * header       | magic 8 | format version 4 | file id 8 | checksum of the bytes before 4 |
 * block        | stored bytes 4 | raw bytes 4 | checksum 4 | content, deflated if it has fewer bytes than raw |
 *              the checksum is of: file id 8 | number of the block, from 0, 8 | stored bytes 4 | raw bytes 4 | content
 * content      | record ... |, none of which goes on in the next block
 *
 * record
 *   01 begin       | sequence | taken at, milliseconds, 8 |
 *   02 collection  | name | number of documents | indexes, as the catalog has them |
 *   03 field name  | name |                 its number is that of the names before it in this collection
 *   04 document    | id, as a key | revision | expiry | content, in the layout of documents, with these numbers |
 *   05 keyspace    | name | number of entries |
 *   06 entry       | key | expiry | value |
 *   07 end         | number of sequences | of parts | of documents | of entries |     then the file ends
 *   08 sequence    | name | last number that may have been handed out |     between the begin and the first part
 *   09 collection  | as 02 | expiry policy, as the catalog has it |        one that has such a policy
 * expiry       | 00 | or | 01 | expires at, milliseconds | expires later by, milliseconds, when it is used |
 * </pre>
 *
 * Names, ids, keys and contents follow their lengths.
 */
final class SnapshotFormat {

    static final long MAGIC = 0x5344_4253_4E41_5031L; // SDBSNAP1
    static final int VERSION = 1;
    static final int HEADER_BYTES = 24;
    static final int BLOCK_HEADER_BYTES = 12;

    /** A block is written when it has at least this many bytes. */
    static final int BLOCK_BYTES = 1 << 18;

    static final int BEGIN = 1;
    static final int COLLECTION = 2;
    static final int FIELD_NAME = 3;
    static final int DOCUMENT = 4;
    static final int KEYSPACE = 5;
    static final int ENTRY = 6;
    static final int END = 7;
    static final int SEQUENCE = 8;
    static final int EXPIRING_COLLECTION = 9;

    static final int EXPIRES = 1;

    private SnapshotFormat() {}

    static byte[] header(long fileId) {
        ByteWriter header = new ByteWriter(HEADER_BYTES);
        header.putLong(MAGIC).putInt(VERSION).putLong(fileId);
        return header.putInt(checksum(header.array(), header.size())).toByteArray();
    }

    /**
     * Returns an expiry that was read.
     *
     * @throws MalformedBytesException if such an expiry is impossible
     */
    static RecordExpiry expiry(long millis, long slidingMillis) {
        if (millis <= 0 || slidingMillis < 0) {
            throw new MalformedBytesException("nothing can expire at " + millis + ", sliding by " + slidingMillis);
        }
        return new RecordExpiry(millis, slidingMillis);
    }

    static int blockChecksum(long fileId, long number, int storedBytes, int rawBytes, byte[] content) {
        ByteWriter head = new ByteWriter();
        head.putLong(fileId).putLong(number).putInt(storedBytes).putInt(rawBytes);
        CRC32C crc = new CRC32C();
        crc.update(head.array(), 0, head.size());
        crc.update(content, 0, storedBytes);
        return (int) crc.getValue();
    }

    static int checksum(byte[] bytes, int length) {
        CRC32C crc = new CRC32C();
        crc.update(bytes, 0, length);
        return (int) crc.getValue();
    }
}
