/** The change feed: commits read from the log, decoded, and handed to whoever asked for them. */
@NullMarked
package org.storedb.internal.feed;

import org.jspecify.annotations.NullMarked;
