package org.storedb;

/**
 * When a commit counts as done, and so what a crash may take back. In every mode a commit is atomic, and a process that
 * is killed loses nothing that was acknowledged; the modes differ in what a power loss or a kernel crash may take.
 */
public enum Durability {

    /** Acknowledged only when it is on the medium. Commits that wait at the same time share one sync. The default. */
    ALWAYS,

    /**
     * Acknowledged when the operating system has it; the log is synced in the background. A power loss takes back at
     * most the commits of the last {@link StoreOptions#syncInterval() sync interval}, always the newest ones.
     */
    INTERVAL,

    /**
     * Acknowledged when the operating system has it, which writes it out when it pleases (often within 30 seconds). The
     * store itself syncs only when a segment is sealed, at {@link Store#sync()} and at {@link Store#close()}.
     */
    OS
}
