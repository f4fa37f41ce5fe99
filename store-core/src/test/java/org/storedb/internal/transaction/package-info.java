/** Tests of the log. */
@NullMarked
package org.storedb.internal.transaction;

import org.jspecify.annotations.NullMarked;
