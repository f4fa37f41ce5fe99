/** Stores of typed documents behind one small interface. */
@NullMarked
package org.storedb.benchmark.document;

import org.jspecify.annotations.NullMarked;
