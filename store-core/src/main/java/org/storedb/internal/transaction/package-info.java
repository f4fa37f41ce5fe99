/** Who may see and change what: states, snapshots, read and write sets, conflict detection and the commit pipeline. */
@NullMarked
package org.storedb.internal.transaction;

import org.jspecify.annotations.NullMarked;
