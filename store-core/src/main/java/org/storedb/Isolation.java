package org.storedb;

/**
 * What concurrent transactions may see of each other. At both levels a transaction reads from one snapshot, taken when
 * it begins, plus its own writes; it never waits for another, and conflicts are found when it commits.
 */
public enum Isolation {

    /**
     * The first committer wins on every key that two transactions write. Two transactions that read the same data and
     * write different keys both succeed, so write skew is possible.
     */
    SNAPSHOT,

    /**
     * As if transactions ran one after the other: keys and ranges that a transaction read must be unchanged when it
     * commits, so there is neither write skew nor a phantom. The default.
     */
    SERIALIZABLE
}
