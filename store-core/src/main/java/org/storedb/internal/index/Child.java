package org.storedb.internal.index;

/** A child of an inner node: a node, or a leaf in its stored form, which is decoded on demand. */
sealed interface Child permits Node, StoredLeaf {

    /** Returns the number of levels below this one; 0 for a leaf. */
    int height();

    /** Returns the number of entries. */
    long size();
}
