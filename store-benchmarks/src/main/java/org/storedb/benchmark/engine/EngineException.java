package org.storedb.benchmark.engine;

/** An engine failed in its own way. */
final class EngineException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    EngineException(Throwable cause) {
        super(cause);
    }
}
