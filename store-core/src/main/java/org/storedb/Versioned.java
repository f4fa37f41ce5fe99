package org.storedb;

/**
 * A document with what the store knows of it.
 *
 * @param id a {@code String} or a {@code Long}
 * @param revision 0 for a new document, one more with each change
 */
public record Versioned<T>(Object id, long revision, T document) {}
