package org.storedb.spring.web.application;

import org.jspecify.annotations.Nullable;
import org.springframework.data.annotation.Id;
import org.storedb.spring.data.core.mapping.Document;

/** A seat on a flight, with an id of several parts. */
@Document("seats")
public class Seat {

    @Id
    private @Nullable SeatId id;

    private String passenger = "";

    public @Nullable SeatId getId() {
        return id;
    }

    public void setId(@Nullable SeatId id) {
        this.id = id;
    }

    public String getPassenger() {
        return passenger;
    }

    public void setPassenger(String passenger) {
        this.passenger = passenger;
    }
}
