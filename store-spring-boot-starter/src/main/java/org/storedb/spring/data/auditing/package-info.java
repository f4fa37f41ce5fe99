/** Auditing of when and by whom entities were stored. */
@NullMarked
package org.storedb.spring.data.auditing;

import org.jspecify.annotations.NullMarked;
