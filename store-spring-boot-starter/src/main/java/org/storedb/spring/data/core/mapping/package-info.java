/** What is known of entities: their collection, their fields, their indexes. */
@NullMarked
package org.storedb.spring.data.core.mapping;

import org.jspecify.annotations.NullMarked;
