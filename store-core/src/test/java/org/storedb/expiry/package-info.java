/** What expires, seen from outside. */
@NullMarked
package org.storedb.expiry;

import org.jspecify.annotations.NullMarked;
