/**
 * What several threads see of single operations, checked by Lincheck: it runs small scenarios under stress, and under a
 * scheduler of its own that tries their interleavings, and looks for an order of the operations that explains the
 * results.
 */
@NullMarked
package org.storedb.linearizability;

import org.jspecify.annotations.NullMarked;
