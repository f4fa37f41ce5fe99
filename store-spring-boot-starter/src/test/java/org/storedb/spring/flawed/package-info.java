/** An entity that cannot be stored as it is declared. */
@NullMarked
package org.storedb.spring.flawed;

import org.jspecify.annotations.NullMarked;
