package org.storedb.spring.data.core;

import org.springframework.dao.UncategorizedDataAccessException;

/** Thrown for a failure of the store that none of Spring's exceptions describes. */
public class UncategorizedStoreException extends UncategorizedDataAccessException {

    private static final long serialVersionUID = 1L;

    public UncategorizedStoreException(String message, Throwable cause) {
        super(message, cause);
    }
}
