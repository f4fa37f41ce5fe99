package org.storedb.tool;

/** How a call of the tool ended. */
enum ExitStatus {

    /** All is well. */
    OK(0),

    /** Damage was found, or the command could not do what was asked. */
    FAILED(1),

    /** The command line is wrong; nothing was done. */
    WRONG_USAGE(2);

    private final int code;

    ExitStatus(int code) {
        this.code = code;
    }

    int code() {
        return code;
    }
}
