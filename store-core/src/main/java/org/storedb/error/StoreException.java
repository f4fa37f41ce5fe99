package org.storedb.error;

import org.jspecify.annotations.Nullable;

/** The root of all exceptions specific to the store. */
public abstract class StoreException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private String message;

    protected StoreException(String message) {
        super(message);
        this.message = message;
    }

    protected StoreException(String message, @Nullable Throwable cause) {
        super(message, cause);
        this.message = message;
    }

    /** Puts what the exception is about in front of its message, such as the document that was rejected. */
    public final void about(String subject) {
        message = subject + ": " + message;
    }

    @Override
    public String getMessage() {
        return message;
    }
}
