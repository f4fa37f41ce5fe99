package org.storedb.internal.query;

import org.storedb.internal.query.KeyPart.Column;

/** What a filter says of the columns of its matches that decides how to bring them into an order. */
interface ColumnFacts {

    /** Whether all matches have the same value in this column. */
    boolean isFixed(Column column);

    /** Whether it is known that no match has null in this column, nor lacks its field. */
    boolean isNeverNull(Column column);
}
