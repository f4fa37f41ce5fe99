package org.storedb.internal.compaction;

import java.util.Set;

/** The requirements of followers of the log's commits on compactions. Safe for use by many threads. */
public interface CommitKeeper {

    /** There are no followers. */
    CommitKeeper NONE = new CommitKeeper() {
        @Override
        public Set<Integer> keptSegments() {
            return Set.of();
        }

        @Override
        public boolean isFollowed(int treeId) {
            return true;
        }
    };

    /** Returns the sealed segments that are to be kept as long as space is not short. */
    Set<Integer> keptSegments();

    /** Returns whether any follower may read changes of a tree. */
    boolean isFollowed(int treeId);
}
