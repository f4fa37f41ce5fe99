package org.storedb.benchmark.engine;

/** Wraps an exception specific to an engine. */
final class EngineException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    EngineException(Throwable cause) {
        super(cause);
    }
}
