/** Micrometer observations of operations on entities. */
@NullMarked
package org.storedb.spring.observation;

import org.jspecify.annotations.NullMarked;
