package org.storedb.internal.compaction;

import java.util.Set;

/** What those who follow the commits in the log want of compactions. Safe for use by many threads. */
public interface CommitKeeper {

    /** Nobody follows them. */
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

    /** Sealed segments that are to stay as long as space is not short. */
    Set<Integer> keptSegments();

    /** Whether anybody may ask for changes of a tree. */
    boolean isFollowed(int treeId);
}
