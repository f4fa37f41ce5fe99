package org.storedb.query.text;

import org.storedb.query.Query;

/** A query with all its values: what to do, in which collection, with which documents. */
public record BoundQuery(QueryKind kind, String collection, Query query) implements BoundStatement {

    /** Returns the text of the query, including its values; meant for people, see {@link QueryText#print}. */
    @Override
    public String toString() {
        return QueryText.print(this).text();
    }
}
