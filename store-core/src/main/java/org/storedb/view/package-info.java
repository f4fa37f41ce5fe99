/** Views: rows that functions emit for documents, ordered by key, which can be read by key and by position. */
@NullMarked
package org.storedb.view;

import org.jspecify.annotations.NullMarked;
