package org.storedb.sample.trip;

import java.time.Instant;
import java.util.Objects;

/** A booking as clients see it. */
public record BookingResponse(String id, String tripId, String traveller, int seats, Instant bookedAt) {

    static BookingResponse of(Booking booking) {
        return new BookingResponse(
                Objects.requireNonNull(booking.id()),
                booking.tripId(),
                booking.traveller(),
                booking.seats(),
                booking.bookedAt());
    }
}
