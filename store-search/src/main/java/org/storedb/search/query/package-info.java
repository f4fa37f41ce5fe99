/** Text queries, as values and as text, and highlighted passages. */
@NullMarked
package org.storedb.search.query;

import org.jspecify.annotations.NullMarked;
