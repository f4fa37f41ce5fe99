/** Full-text search: a {@link org.storedb.search.TextIndex} alongside a store. Needs Lucene. */
@NullMarked
package org.storedb.search;

import org.jspecify.annotations.NullMarked;
