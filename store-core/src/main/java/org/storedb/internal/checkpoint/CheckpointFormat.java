package org.storedb.internal.checkpoint;

/**
 * Layout of a checkpoint. Numbers are big-endian, checksums CRC-32C.
 *
 * <pre>
 * file:       [ chunk ] [ chunk ] …
 * chunk:      [ length of the content 4 ] [ checksum of the chunk's number 4 and the content 4 ] [ content ]
 *
 * The contents together: [ header ] [ item ] [ item ] …, none of them across two chunks.
 * header:     [ magic "STORECP1" 8 ] [ format version 4 ] [ store id 16 ] [ sequence 8 ]
 *             [ segment id 4 ] [ bytes 4 ] [ last frame's header checksum 4 ] [ its time 8 ]
 * segment:    [ 1 ] [ id 4 ] [ complete 1 ] [ bytes 4 ] [ last frame's header checksum 4 ] [ figures 40 ]
 * space:      [ 2 ] [ segment id 4 ] [ tree id 4 ] [ live bytes 8 ] [ total bytes 8 ]
 * tree:       [ 3 records, 4 index entries, 7 upcoming expiries ] [ tree id 4 ] [ number of entries 8 ]
 * leaf:       [ 5 ] [ bytes that follow 4 ] [ length of the separator varint ] [ separator from the leaf before ]
 *             [ count varint ] [ prefix length varint ] [ length of each key + 1 varint, or 0 if they differ ]
 *             [ first head 8 ] [ steps to the other heads, packed ] [ lengths after the prefix, packed, unless equal ]
 *             [ length of all tails varint ] [ prefix ] [ tails ]
 *             [ words per value varint ] [ first field of each value, packed ] [ second field, packed ] …
 * packed:     [ bits of a difference 1 ] [ base varint, negative ones interleaved ] [ differences to the base ]
 * expired:    [ 8 ] [ milliseconds since 1970-01-01 UTC 8 ], if a record has expired
 * end:        [ 6 ] [ checksum of the checksums of all chunks before 4 ]
 * </pre>
 *
 * <p>Segments come first, then spaces, then the time up to which expired records may have no index entries, then each tree
 * with its leaves. The figures are those of a segment's footer. Upcoming expiries have the id of the tree of their
 * records.
 */
final class CheckpointFormat {

    static final int VERSION = 2;

    /** Its leaves lack the fields before their count. */
    static final int VERSION_1 = 1;

    static final long MAGIC = 0x53544F5245435031L;

    static final int CHUNK_HEADER_BYTES = 8;

    /** A chunk ends after the item that makes it at least this long. */
    static final int CHUNK_BYTES = 1 << 20;

    /** No leaf is large enough to make a chunk longer. */
    static final int CHUNK_BYTES_MAX = 2 << 20;

    static final int SEGMENT = 1;
    static final int SPACE = 2;
    static final int RECORD_TREE = 3;
    static final int INDEX_TREE = 4;
    static final int LEAF = 5;
    static final int END = 6;
    static final int EXPIRY_TREE = 7;
    static final int EXPIRED = 8;

    private CheckpointFormat() {}
}
