package org.storedb.benchmark.engine;

/** A capability of an engine, which determines the rows it takes part in. */
public enum Capability {

    /** Sets the values of keys. */
    PUTS,

    /** Finds the value of a key. */
    READS,

    /** Keeps its keys in order: scans, ranges and counts. */
    ORDERED,

    /** Keeps its entries in files. */
    FILES,

    /** Puts several entries in one commit. */
    BATCHES,

    /** Can wait until a commit is on the medium. */
    DURABLE,

    /** Keeps typed documents. */
    DOCUMENTS
}
