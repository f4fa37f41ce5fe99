/**
 * What a store needs from a file system. The library has one implementation on the local file system and one in memory;
 * to keep a store elsewhere, implement these interfaces.
 */
@NullMarked
package org.storedb.storage;

import org.jspecify.annotations.NullMarked;
