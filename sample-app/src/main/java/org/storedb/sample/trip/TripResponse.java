package org.storedb.sample.trip;

import java.time.LocalDate;
import java.util.Objects;

/** A trip as clients see it. */
public record TripResponse(String id, String placeId, LocalDate departure, int seats, int seatsLeft) {

    static TripResponse of(Trip trip) {
        return new TripResponse(
                Objects.requireNonNull(trip.id()), trip.placeId(), trip.departure(), trip.seats(), trip.seatsLeft());
    }
}
