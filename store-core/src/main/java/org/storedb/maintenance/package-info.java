/**
 * What verifying, backing up, restoring and salvaging a store tell their caller: reports, progress, and how to end them.
 */
@NullMarked
package org.storedb.maintenance;

import org.jspecify.annotations.NullMarked;
