/**
 * The public API of the engine: open a {@link org.storedb.Store}, take a {@link org.storedb.Keyspace} or a
 * {@link org.storedb.DocumentCollection} from it, and group changes in a {@link org.storedb.Transaction}.
 */
@NullMarked
package org.storedb;

import org.jspecify.annotations.NullMarked;
