/** Definitions of text indexes: a collection, its fields, and how their text is turned into words. Values only. */
@NullMarked
package org.storedb.search.definition;

import org.jspecify.annotations.NullMarked;
