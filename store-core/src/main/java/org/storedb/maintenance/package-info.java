/** Reports, progress and cancellation of compacting, verifying, backing up, restoring and salvaging a store. */
@NullMarked
package org.storedb.maintenance;

import org.jspecify.annotations.NullMarked;
