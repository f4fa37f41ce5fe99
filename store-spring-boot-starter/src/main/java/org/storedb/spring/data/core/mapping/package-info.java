/** The metadata of entities: their collections, fields and indexes. */
@NullMarked
package org.storedb.spring.data.core.mapping;

import org.jspecify.annotations.NullMarked;
