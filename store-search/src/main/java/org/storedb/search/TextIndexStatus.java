package org.storedb.search;

import org.jspecify.annotations.Nullable;

/**
 * How a text index is doing.
 *
 * @param sequence the last commit of the store that is in it
 * @param behind how many commits of the store are not
 * @param committedSequence the last commit that is in it when it is opened next; -1 for none, and in memory
 * @param documents how many documents it has
 * @param rebuilds how often it was built anew since it was opened, though there was one
 * @param rebuildReason why that was done the last time, or {@code null}
 * @param error why it could not be brought up to date, or committed, the last time; {@code null} if it could
 */
public record TextIndexStatus(
        long sequence,
        long behind,
        long committedSequence,
        long documents,
        int rebuilds,
        @Nullable String rebuildReason,
        @Nullable Throwable error) {}
