package org.storedb.feed;

/** When a commit is delivered. */
public enum Delivery {

    /**
     * When it is durable: no crash undoes what a consumer has seen. The default. With {@code Durability.ALWAYS} that is
     * at once; otherwise with the next sync, which the feed requests itself if there is none within the sync interval
     * of the store.
     */
    DURABLE,

    /**
     * As soon as readers of the store can see it. With {@code Durability.INTERVAL} and {@code OS} a power loss may undo
     * what a consumer has seen, along with its position: other commits then get these sequences.
     */
    COMMITTED
}
