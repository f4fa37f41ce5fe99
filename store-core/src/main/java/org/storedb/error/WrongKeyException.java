package org.storedb.error;

/**
 * Thrown when the store is encrypted with a key that was not given, or is not encrypted although a key was given.
 * Nothing was changed; open it with the right {@code StoreOptions.withEncryption}.
 */
public class WrongKeyException extends StoreException {

    private static final long serialVersionUID = 1L;

    public WrongKeyException(String message) {
        super(message);
    }
}
