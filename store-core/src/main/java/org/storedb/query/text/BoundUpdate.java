package org.storedb.query.text;

import org.storedb.document.DocumentPatch;
import org.storedb.error.InvalidQueryException;
import org.storedb.query.Query;

/** A bound statement that changes the matching documents. */
public record BoundUpdate(String collection, Query query, DocumentPatch patch) implements BoundStatement {

    public BoundUpdate {
        if (patch.changes().isEmpty()) {
            throw new InvalidQueryException("The update of " + collection + " changes nothing");
        }
    }

    /** Returns the text of the statement, including its values; meant for people, see {@link QueryText#print}. */
    @Override
    public String toString() {
        return QueryText.print(this).text();
    }
}
