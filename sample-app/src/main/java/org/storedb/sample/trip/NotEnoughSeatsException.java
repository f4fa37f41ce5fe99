package org.storedb.sample.trip;

/** More seats are wanted than a trip has left. */
public class NotEnoughSeatsException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final int seatsLeft;

    public NotEnoughSeatsException(int wanted, int seatsLeft) {
        super("%d seats are wanted, but %d are left".formatted(wanted, seatsLeft));
        this.seatsLeft = seatsLeft;
    }

    public int seatsLeft() {
        return seatsLeft;
    }
}
