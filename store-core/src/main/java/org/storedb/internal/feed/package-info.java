/** The change feed: commits read from the log, decoded, and handed to those who requested them. */
@NullMarked
package org.storedb.internal.feed;

import org.jspecify.annotations.NullMarked;
