/** What to look for in text, as values and as text, and what is shown of it. */
@NullMarked
package org.storedb.search.query;

import org.jspecify.annotations.NullMarked;
