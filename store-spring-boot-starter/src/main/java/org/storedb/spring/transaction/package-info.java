/** Spring-managed transactions over {@link org.storedb.Transaction}. */
@NullMarked
package org.storedb.spring.transaction;

import org.jspecify.annotations.NullMarked;
