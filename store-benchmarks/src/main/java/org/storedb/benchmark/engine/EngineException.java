package org.storedb.benchmark.engine;

/** Thrown when an engine fails with an exception of its own. */
final class EngineException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    EngineException(Throwable cause) {
        super(cause);
    }
}
