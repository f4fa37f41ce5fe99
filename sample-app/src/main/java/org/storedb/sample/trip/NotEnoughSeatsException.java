package org.storedb.sample.trip;

/** Thrown when a trip has fewer seats left than requested. */
public class NotEnoughSeatsException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final int seatsLeft;

    public NotEnoughSeatsException(int wanted, int seatsLeft) {
        super("Not enough seats: %d requested, %d left".formatted(wanted, seatsLeft));
        this.seatsLeft = seatsLeft;
    }

    public int seatsLeft() {
        return seatsLeft;
    }
}
