package org.storedb.query.text;

/** A statement with all its values. */
public sealed interface BoundStatement permits BoundQuery, BoundSelection, BoundAggregation, BoundUpdate {

    /** Returns the name of its collection. */
    String collection();
}
