/**
 * What a store needs of a file system. The library has one over the file system of the machine and one in memory; whoever
 * wants to keep a store elsewhere implements these interfaces.
 */
@NullMarked
package org.storedb.storage;

import org.jspecify.annotations.NullMarked;
