/**
 * The only package that accesses the outside world: files, locks, the clock, threads and randomness. All others use
 * these interfaces, so that tests can supply replacements.
 */
@NullMarked
package org.storedb.internal.io;

import org.jspecify.annotations.NullMarked;
