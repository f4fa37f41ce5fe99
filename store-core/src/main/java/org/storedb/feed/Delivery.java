package org.storedb.feed;

/** When a commit is delivered. */
public enum Delivery {

    /**
     * When it is on the medium: no crash takes back what a consumer has seen. The default. With {@code Durability.ALWAYS}
     * that is at once; otherwise with the next sync, which the feed asks for itself if there is none within the sync
     * interval of the store.
     */
    DURABLE,

    /**
     * As soon as readers of the store can see it. With {@code Durability.INTERVAL} and {@code OS} a power loss may take back
     * what a consumer has seen, and its position with it: other commits get these sequences then.
     */
    COMMITTED
}
