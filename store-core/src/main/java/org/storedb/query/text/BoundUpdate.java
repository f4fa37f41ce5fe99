package org.storedb.query.text;

import org.storedb.document.DocumentPatch;
import org.storedb.error.InvalidQueryException;
import org.storedb.query.Query;

/** Changes the documents that match. */
public record BoundUpdate(String collection, Query query, DocumentPatch patch) implements BoundStatement {

    public BoundUpdate {
        if (patch.changes().isEmpty()) {
            throw new InvalidQueryException("The update of " + collection + " changes nothing");
        }
    }

    /** The text of the statement, its values in it; meant for people, see {@link QueryText#print}. */
    @Override
    public String toString() {
        return QueryText.print(this).text();
    }
}
