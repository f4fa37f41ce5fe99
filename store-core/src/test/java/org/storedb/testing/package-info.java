/** Doubles for what the engine takes from outside: a simulated disk, faults, stepped background work. */
@NullMarked
package org.storedb.testing;

import org.jspecify.annotations.NullMarked;
