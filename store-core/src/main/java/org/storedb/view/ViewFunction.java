package org.storedb.view;

/**
 * What a view is made of: emits any number of keys with values for a document. The same document must always give the same:
 * no clock, no chance, no other documents. Called by whoever reads the view, from several threads at a time.
 */
@FunctionalInterface
public interface ViewFunction<T> {

    /**
     * Emits what the view has of a document. If it throws, or emits what cannot be stored, the view has nothing of this
     * document, and its status tells why.
     */
    void map(T document, ViewEmitter emitter);
}
