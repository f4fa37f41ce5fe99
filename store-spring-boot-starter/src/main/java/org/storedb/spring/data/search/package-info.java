/** Full-text search for entities, with the optional module {@code store-search}. */
@NullMarked
package org.storedb.spring.data.search;

import org.jspecify.annotations.NullMarked;
