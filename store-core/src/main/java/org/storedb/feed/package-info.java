/** What has changed in a store: what to ask for, and what is delivered. Taken from {@code Store.changes()}. */
@NullMarked
package org.storedb.feed;

import org.jspecify.annotations.NullMarked;
