package org.storedb;

/** How a snapshot file is written. Both have everything, checksums included; either is read. */
public enum SnapshotFileFormat {
    /** Compact: compressed blocks. */
    BINARY,

    /** Lines of JSON, to be read by people and other programs. */
    JSON
}
