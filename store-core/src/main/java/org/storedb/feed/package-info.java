/** The change feed of a store: requests, and the changes delivered for them. Obtained from {@code Store.changes()}. */
@NullMarked
package org.storedb.feed;

import org.jspecify.annotations.NullMarked;
