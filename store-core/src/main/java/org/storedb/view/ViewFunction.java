package org.storedb.view;

/**
 * The function of a view: emits any number of keys with values for a document. It must be deterministic: it must not
 * depend on the clock, on randomness or on other documents. Called by the threads that read the view, possibly
 * concurrently.
 */
@FunctionalInterface
public interface ViewFunction<T> {

    /**
     * Emits the rows of a document. If it throws, or emits what cannot be stored, the view has no rows of this
     * document, and its status says why.
     */
    void map(T document, ViewEmitter emitter);
}
