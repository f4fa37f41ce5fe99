package org.storedb.error;

/**
 * Thrown when a consumer requests changes that are not available: a compaction has removed them from the log, or its
 * position is not one of this store. Start over from a snapshot, see {@code ChangeFeed.snapshot()}.
 */
public class ChangesLostException extends StoreException {

    private static final long serialVersionUID = 1L;

    private final long asked;
    private final long oldest;
    private final long newest;

    public ChangesLostException(long asked, long oldest, long newest) {
        this(asked, oldest, newest, message(asked, oldest, newest));
    }

    public ChangesLostException(long asked, long oldest, long newest, String message) {
        super(message);
        this.asked = asked;
        this.oldest = oldest;
        this.newest = newest;
    }

    private static String message(long asked, long oldest, long newest) {
        String why = asked > newest
                ? "the last commit is " + newest + ": the position belongs to another store, or to commits that were"
                        + " lost in a crash"
                : "a compaction has removed some of them, those after position " + oldest + " are available";
        return "The changes after position " + asked + " cannot be delivered: " + why
                + "; start over with changes().snapshot()";
    }

    /** Returns the position after which changes were requested. */
    public long asked() {
        return asked;
    }

    /** Returns the oldest position after which all changes are available. */
    public long oldest() {
        return oldest;
    }

    /** Returns the last commit of the store at that time. */
    public long newest() {
        return newest;
    }
}
