package org.storedb.query.text;

import org.storedb.query.Aggregation;

/** Asks for figures about groups of documents, or for different values. */
public record BoundAggregation(String collection, Aggregation aggregation) implements BoundStatement {

    /** The text of the statement, its values in it; meant for people, see {@link QueryText#print}. */
    @Override
    public String toString() {
        return QueryText.print(this).text();
    }
}
