package org.storedb;

/** The format of a snapshot file. Both formats contain everything, checksums included, and either can be read. */
public enum SnapshotFileFormat {
    /** Compact: compressed blocks. */
    BINARY,

    /** Lines of JSON, readable by people and other programs. */
    JSON
}
