package org.storedb.tool;

/** Ends a command; the message tells the operator what is wrong. */
final class ToolException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final ExitStatus status;

    private ToolException(ExitStatus status, String message) {
        super(message);
        this.status = status;
    }

    static ToolException failed(String message) {
        return new ToolException(ExitStatus.FAILED, message);
    }

    static ToolException wrongUsage(String message) {
        return new ToolException(ExitStatus.WRONG_USAGE, message);
    }

    ExitStatus status() {
        return status;
    }
}
