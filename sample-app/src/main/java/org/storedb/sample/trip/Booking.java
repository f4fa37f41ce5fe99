package org.storedb.sample.trip;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.springframework.data.annotation.Id;
import org.storedb.spring.data.core.mapping.Document;
import org.storedb.spring.data.core.mapping.Indexed;

/**
 * Seats on a trip for a traveller.
 *
 * @param id given by the store when the booking is inserted
 */
@Document("bookings")
public record Booking(@Id @Nullable String id, @Indexed String tripId, String traveller, int seats, Instant bookedAt) {}
