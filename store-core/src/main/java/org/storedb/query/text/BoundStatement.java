package org.storedb.query.text;

/** A statement that has all its values. */
public sealed interface BoundStatement permits BoundQuery, BoundSelection, BoundAggregation, BoundUpdate {

    /** The name of the collection that it is about. */
    String collection();
}
