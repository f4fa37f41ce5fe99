package org.storedb.internal.index;

/** The persistent counted B+tree. */
@SuppressWarnings("UnusedTypeParameter") // Filled in by the next commits.
public final class CountedTree<V> {}
