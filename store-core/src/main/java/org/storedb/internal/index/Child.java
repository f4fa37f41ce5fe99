package org.storedb.internal.index;

/** What is below an inner node: a node, or a leaf in its stored form, which becomes one when it is asked for. */
sealed interface Child permits Node, StoredLeaf {

    /** Levels below this one; 0 for a leaf. */
    int height();

    /** Number of entries. */
    long size();
}
