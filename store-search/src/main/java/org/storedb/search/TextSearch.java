package org.storedb.search;

import org.jspecify.annotations.Nullable;
import org.storedb.error.InvalidQueryException;
import org.storedb.query.Filter;
import org.storedb.query.Sort;
import org.storedb.search.query.Highlighting;
import org.storedb.search.query.TextQuery;

/**
 * What to find, in which order, and how many. Immutable; each method returns a changed copy.
 *
 * <pre>{@code
 * TextSearch.of("old harbour").where(Filter.eq("country", "PT")).limit(20).highlight(Highlighting.of("summary"))
 * }</pre>
 *
 * @param query what to look for in the text
 * @param filter what documents must match in addition
 * @param sort the order; unsorted means best first, by id where scores are equal
 * @param offset how many hits to skip at the start, at least 0
 * @param limit maximum number of hits, at least 0; default 10
 * @param freshness how current the index must be
 * @param highlighting which passages to show, or {@code null} for none
 * @param total whether to also count all matches
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

    /** Returns a search for the ten best documents. */
    public static TextSearch of(TextQuery query) {
        return new TextSearch(query, Filter.all(), Sort.unsorted(), 0, 10, Freshness.CURRENT, null, false);
    }

    /**
     * Returns a search for the ten best documents, for a query as text.
     *
     * @throws org.storedb.error.QuerySyntaxException if it cannot be parsed
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

    /** Includes the total number of matches. */
    public TextSearch withTotal() {
        return new TextSearch(query, filter, sort, offset, limit, freshness, highlighting, true);
    }

    /** How current the index must be for a search. */
    public enum Freshness {

        /** It contains everything that was committed before the search began; the search updates it if necessary. */
        CURRENT,

        /**
         * It is at most {@link TextIndexOptions#delay()} old, and the search does not wait. Documents are as they were
         * then; those that no longer exist are left out.
         */
        WITHIN_DELAY
    }
}
