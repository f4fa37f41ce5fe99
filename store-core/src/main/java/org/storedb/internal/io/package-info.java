/**
 * The only package that touches what is outside: files, locks, the clock, threads and chance. Everything above gets them
 * through these interfaces, so that tests can put others in their place.
 */
@NullMarked
package org.storedb.internal.io;

import org.jspecify.annotations.NullMarked;
