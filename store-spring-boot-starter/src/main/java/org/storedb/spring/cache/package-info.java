/** Spring's cache abstraction over a store. */
@NullMarked
package org.storedb.spring.cache;

import org.jspecify.annotations.NullMarked;
