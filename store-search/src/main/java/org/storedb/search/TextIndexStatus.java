package org.storedb.search;

import org.jspecify.annotations.Nullable;

/**
 * The status of a text index.
 *
 * @param sequence the last commit of the store that is in it
 * @param behind how many commits of the store are not in it yet
 * @param committedSequence the last commit that will be in it when it is next opened; -1 for none, and in memory
 * @param documents how many documents it contains
 * @param rebuilds how often an existing index was rebuilt since it was opened
 * @param rebuildReason why it was last rebuilt, or {@code null}
 * @param error why the last attempt to bring it up to date or to commit it failed; {@code null} if it did not
 */
public record TextIndexStatus(
        long sequence,
        long behind,
        long committedSequence,
        long documents,
        int rebuilds,
        @Nullable String rebuildReason,
        @Nullable Throwable error) {}
