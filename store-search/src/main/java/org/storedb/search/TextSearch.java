package org.storedb.search;

import org.jspecify.annotations.Nullable;
import org.storedb.error.InvalidQueryException;
import org.storedb.query.Continuation;
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
 * @param continuation the position after which the hits begin, as of {@link TextHit#position}; {@code null} for all; only
 *     for an unsorted search
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
        @Nullable Continuation continuation,
        Freshness freshness,
        @Nullable Highlighting highlighting,
        boolean total) {

    public TextSearch {
        if (offset < 0 || limit < 0) {
            throw new InvalidQueryException(
                    "offset and limit must not be negative, but are " + offset + " and " + limit);
        }
        if (continuation != null && !sort.isUnsorted()) {
            throw new InvalidQueryException(
                    "A search that is sorted cannot continue after a hit, which is only possible by score; use offset");
        }
        if (continuation != null && !isOfHit(continuation)) {
            throw new InvalidQueryException(continuation + " is not the position of a hit; use TextHit.position()");
        }
    }

    /** Returns a search for the ten best documents. */
    public static TextSearch of(TextQuery query) {
        return new TextSearch(query, Filter.all(), Sort.unsorted(), 0, 10, null, Freshness.CURRENT, null, false);
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
        return new TextSearch(query, newFilter, sort, offset, limit, continuation, freshness, highlighting, total);
    }

    public TextSearch sort(Sort newSort) {
        return new TextSearch(query, filter, newSort, offset, limit, continuation, freshness, highlighting, total);
    }

    public TextSearch offset(int newOffset) {
        return new TextSearch(query, filter, sort, newOffset, limit, continuation, freshness, highlighting, total);
    }

    public TextSearch limit(int newLimit) {
        return new TextSearch(query, filter, sort, offset, newLimit, continuation, freshness, highlighting, total);
    }

    /**
     * Continues after a hit of the same search, best first, at the same cost however many hits precede it. When
     * documents have been written in between, scores may have changed: hits close to the position may then be repeated
     * or left out.
     *
     * @param position that of the last hit, {@link TextHit#position}
     * @throws InvalidQueryException if this search is sorted
     */
    public TextSearch after(Continuation position) {
        return new TextSearch(query, filter, sort, offset, limit, position, freshness, highlighting, total);
    }

    public TextSearch freshness(Freshness newFreshness) {
        return new TextSearch(query, filter, sort, offset, limit, continuation, newFreshness, highlighting, total);
    }

    public TextSearch highlight(Highlighting newHighlighting) {
        return new TextSearch(query, filter, sort, offset, limit, continuation, freshness, newHighlighting, total);
    }

    /** Includes the total number of matches. */
    public TextSearch withTotal() {
        return new TextSearch(query, filter, sort, offset, limit, continuation, freshness, highlighting, true);
    }

    private static boolean isOfHit(Continuation position) {
        return position.values().size() == 1
                && position.values().get(0) instanceof Number
                && (position.id() instanceof String || position.id() instanceof Number);
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
