package org.storedb;

/**
 * When a commit is acknowledged, and so what a crash may undo. In every mode a commit is atomic, and a process that is
 * killed loses nothing that was acknowledged; the modes differ in what a power loss or a kernel crash may undo.
 */
public enum Durability {

    /**
     * Acknowledged only when it is durable. Commits that wait at the same time share one sync (group commit). The
     * default.
     */
    ALWAYS,

    /**
     * Acknowledged when the operating system has it; the log is synced in the background. A power loss undoes at most
     * the commits of the last {@link StoreOptions#syncInterval() sync interval}, always the newest ones.
     */
    INTERVAL,

    /**
     * Acknowledged when the operating system has it, which writes it out at its own discretion (often within 30
     * seconds). The store itself syncs only when a segment is sealed, at {@link Store#sync()} and at
     * {@link Store#close()}.
     */
    OS
}
