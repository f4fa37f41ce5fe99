package org.storedb.maintenance;

/** How much a backup copies. */
public enum BackupMode {

    /** What the latest backup in the directory does not have; everything if there is none. */
    INCREMENTAL,

    /** Everything, so that the backup does not depend on any other. */
    FULL
}
