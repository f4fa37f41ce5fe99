package org.storedb.sample.trip;

import java.time.LocalDate;
import org.jspecify.annotations.Nullable;
import org.springframework.data.annotation.Id;
import org.springframework.data.annotation.Version;
import org.storedb.spring.data.core.mapping.Document;
import org.storedb.spring.data.core.mapping.Indexed;

/**
 * A trip to a place on a day.
 *
 * @param id assigned by the store when the trip is first saved
 * @param seatsLeft seats that are not booked yet, 0 to {@code seats}
 * @param version maintained by the store: saving a trip that someone else has changed in the meantime fails
 */
@Document("trips")
public record Trip(
        @Id @Nullable String id,
        @Indexed String placeId,
        LocalDate departure,
        int seats,
        int seatsLeft,
        @Version @Nullable Long version) {

    static Trip planned(String placeId, LocalDate departure, int seats) {
        return new Trip(null, placeId, departure, seats, seats, null);
    }

    /**
     * Returns this trip with some of its seats taken.
     *
     * @throws NotEnoughSeatsException if fewer are left
     */
    Trip withSeatsTaken(int taken) {
        if (taken > seatsLeft) {
            throw new NotEnoughSeatsException(taken, seatsLeft);
        }
        return new Trip(id, placeId, departure, seats, seatsLeft - taken, version);
    }
}
