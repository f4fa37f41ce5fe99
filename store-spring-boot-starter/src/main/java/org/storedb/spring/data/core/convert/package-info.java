/** Conversion between entities and stored documents, directly by their metadata. */
@NullMarked
package org.storedb.spring.data.core.convert;

import org.jspecify.annotations.NullMarked;
