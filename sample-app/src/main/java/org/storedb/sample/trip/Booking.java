package org.storedb.sample.trip;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.springframework.data.annotation.Id;
import org.storedb.spring.data.core.mapping.Document;
import org.storedb.spring.data.core.mapping.Indexed;

/**
 * A traveller's seats on a trip.
 *
 * @param id assigned by the store when the booking is inserted
 */
@Document("bookings")
public record Booking(@Id @Nullable String id, @Indexed String tripId, String traveller, int seats, Instant bookedAt) {}
