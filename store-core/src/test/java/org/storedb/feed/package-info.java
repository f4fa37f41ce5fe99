/** Tests of the change feed. */
@NullMarked
package org.storedb.feed;

import org.jspecify.annotations.NullMarked;
