package org.storedb.query.text;

import org.storedb.query.Aggregation;

/** A bound statement that computes an aggregation, or selects distinct values. */
public record BoundAggregation(String collection, Aggregation aggregation) implements BoundStatement {

    /** Returns the text of the statement, including its values; meant for people, see {@link QueryText#print}. */
    @Override
    public String toString() {
        return QueryText.print(this).text();
    }
}
