/** Notes when entities were stored, and by whom. */
@NullMarked
package org.storedb.spring.data.auditing;

import org.jspecify.annotations.NullMarked;
