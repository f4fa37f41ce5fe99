/** What a text index is of: a collection, its fields, and how their text becomes words. Values only. */
@NullMarked
package org.storedb.search.definition;

import org.jspecify.annotations.NullMarked;
