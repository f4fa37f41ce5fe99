/** States, snapshots, read and write sets, conflict detection and the commit pipeline: who may see and change what. */
@NullMarked
package org.storedb.internal.transaction;

import org.jspecify.annotations.NullMarked;
