/** Trips to places, and the bookings of their seats. */
@NullMarked
package org.storedb.sample.trip;

import org.jspecify.annotations.NullMarked;
