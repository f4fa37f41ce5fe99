package org.storedb.internal.bytes;

/**
 * Thrown if bytes are not what they should be. Callers that know their origin translate it into an error for the user.
 */
public final class MalformedBytesException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public MalformedBytesException(String message) {
        super(message);
    }
}
