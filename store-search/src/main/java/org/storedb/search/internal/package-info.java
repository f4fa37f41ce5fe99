/** Keeps a Lucene index in step with a store, and searches it. */
@NullMarked
package org.storedb.search.internal;

import org.jspecify.annotations.NullMarked;
