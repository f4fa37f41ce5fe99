/** Micrometer observations of what is done with entities. */
@NullMarked
package org.storedb.spring.observation;

import org.jspecify.annotations.NullMarked;
