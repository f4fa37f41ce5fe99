/** Converts between entities and stored documents, straight through their metadata. */
@NullMarked
package org.storedb.spring.data.core.convert;

import org.jspecify.annotations.NullMarked;
