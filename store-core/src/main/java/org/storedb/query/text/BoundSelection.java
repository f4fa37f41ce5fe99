package org.storedb.query.text;

import java.util.List;
import org.storedb.error.InvalidQueryException;
import org.storedb.query.Query;

/**
 * A bound statement that selects some fields of documents.
 *
 * @param fields paths of the fields, at least one
 */
public record BoundSelection(String collection, Query query, List<String> fields) implements BoundStatement {

    public BoundSelection {
        fields = List.copyOf(fields);
        if (fields.isEmpty()) {
            throw new InvalidQueryException("The selection from " + collection + " names no field");
        }
    }

    /** Returns the text of the statement, including its values; meant for people, see {@link QueryText#print}. */
    @Override
    public String toString() {
        return QueryText.print(this).text();
    }
}
