package org.storedb.internal.query;

import org.storedb.document.IndexDefinition;

/** An index and the tree of its entries. */
public record IndexTree(IndexDefinition definition, int treeId) {}
