/** StoreDB, its peers and the upper bounds behind one small interface. */
@NullMarked
package org.storedb.benchmark.engine;

import org.jspecify.annotations.NullMarked;
