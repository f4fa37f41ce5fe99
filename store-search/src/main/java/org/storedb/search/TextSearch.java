package org.storedb.search;

import org.jspecify.annotations.Nullable;
import org.storedb.error.InvalidQueryException;
import org.storedb.query.Filter;
import org.storedb.query.Sort;
import org.storedb.search.query.Highlighting;
import org.storedb.search.query.TextQuery;

/**
 * What to find, in which order, and how much of it. Immutable; each method returns a changed copy.
 *
 * <pre>{@code
 * TextSearch.of("old harbour").where(Filter.eq("country", "PT")).limit(20).highlight(Highlighting.of("summary"))
 * }</pre>
 *
 * @param query what to look for in the text
 * @param filter what else must be true of a document
 * @param sort the order; unsorted means the best first, by id where scores are equal
 * @param offset how many to leave out at the start, at least 0
 * @param limit how many at the most, at least 0; default 10
 * @param freshness how new the index must be
 * @param highlighting which passages to show, or {@code null} for none
 * @param total whether to count all that match, too
 */
public record TextSearch(
        TextQuery query,
        Filter filter,
        Sort sort,
        int offset,
        int limit,
        Freshness freshness,
        @Nullable Highlighting highlighting,
        boolean total) {

    public TextSearch {
        if (offset < 0 || limit < 0) {
            throw new InvalidQueryException(
                    "offset and limit must not be negative, but are " + offset + " and " + limit);
        }
    }

    /** The ten best documents. */
    public static TextSearch of(TextQuery query) {
        return new TextSearch(query, Filter.all(), Sort.unsorted(), 0, 10, Freshness.CURRENT, null, false);
    }

    /**
     * The ten best documents for a query as text.
     *
     * @throws org.storedb.error.QuerySyntaxException if it cannot be read
     */
    public static TextSearch of(String query) {
        return of(TextQuery.parse(query));
    }

    public TextSearch where(Filter newFilter) {
        return new TextSearch(query, newFilter, sort, offset, limit, freshness, highlighting, total);
    }

    public TextSearch sort(Sort newSort) {
        return new TextSearch(query, filter, newSort, offset, limit, freshness, highlighting, total);
    }

    public TextSearch offset(int newOffset) {
        return new TextSearch(query, filter, sort, newOffset, limit, freshness, highlighting, total);
    }

    public TextSearch limit(int newLimit) {
        return new TextSearch(query, filter, sort, offset, newLimit, freshness, highlighting, total);
    }

    public TextSearch freshness(Freshness newFreshness) {
        return new TextSearch(query, filter, sort, offset, limit, newFreshness, highlighting, total);
    }

    public TextSearch highlight(Highlighting newHighlighting) {
        return new TextSearch(query, filter, sort, offset, limit, freshness, newHighlighting, total);
    }

    /** With the number of all that match. */
    public TextSearch withTotal() {
        return new TextSearch(query, filter, sort, offset, limit, freshness, highlighting, true);
    }

    /** How new the index must be for a search. */
    public enum Freshness {

        /** It has everything that was committed before the search began; the search brings it in if need be. */
        CURRENT,

        /**
         * It is at most {@link TextIndexOptions#delay()} old, and the search waits for nothing. Documents are as they were
         * then; those that are not there any more are left out.
         */
        WITHIN_DELAY
    }
}
