package org.storedb.internal.bytes;

/** Bytes are not what they should be. Whoever knows where they came from turns it into an error for the user. */
public final class MalformedBytesException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public MalformedBytesException(String message) {
        super(message);
    }
}
