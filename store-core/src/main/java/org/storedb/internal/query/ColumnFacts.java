package org.storedb.internal.query;

import org.storedb.internal.query.KeyPart.Column;

/** The implications of a filter for the columns of its matches that affect how to sort them. */
interface ColumnFacts {

    /** Returns whether all matches have the same value in this column. */
    boolean isFixed(Column column);

    /** Returns whether it is certain that no match has null in this column, or lacks its field. */
    boolean isNeverNull(Column column);
}
