package org.storedb;

/**
 * A document with its metadata in the store.
 *
 * @param id a {@code String} or a {@code Long}
 * @param revision 0 for a new document, incremented by each change
 */
public record Versioned<T>(Object id, long revision, T document) {}
