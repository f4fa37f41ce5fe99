package org.storedb.sample.trip;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.springframework.dao.ConcurrencyFailureException;
import org.springframework.resilience.annotation.Retryable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;
import org.storedb.sample.NotFoundException;
import org.storedb.sample.place.PlaceRepository;

/** Service that plans trips and books their seats. */
@Service
public class TripService {

    private final PlaceRepository places;
    private final TripRepository trips;
    private final BookingRepository bookings;

    TripService(PlaceRepository places, TripRepository trips, BookingRepository bookings) {
        this.places = places;
        this.trips = trips;
        this.bookings = bookings;
    }

    /**
     * Adds a trip with all its seats left.
     *
     * @throws NotFoundException if the place does not exist
     */
    @Transactional
    public Trip plan(TripRequest request) {
        if (!places.existsById(request.placeId())) {
            throw new NotFoundException("place", request.placeId());
        }
        return trips.save(Trip.planned(request.placeId(), request.departure(), request.seats()));
    }

    @Transactional(readOnly = true)
    public Trip trip(String id) {
        return trips.findById(id).orElseThrow(() -> new NotFoundException("trip", id));
    }

    @Transactional(readOnly = true)
    public List<Trip> tripsTo(String placeId) {
        return trips.findByPlaceIdOrderByDeparture(placeId);
    }

    /**
     * Books seats: atomically takes them from the trip and adds a booking. Of two concurrent bookings for the same
     * trip, one fails on commit; it is retried in a new transaction and sees what the other one has left.
     *
     * @throws NotFoundException if the trip does not exist
     * @throws NotEnoughSeatsException if it has too few seats left
     */
    @Retryable(
            includes = ConcurrencyFailureException.class,
            maxRetries = 50,
            delay = 2,
            jitter = 2,
            multiplier = 1.5,
            maxDelay = 50)
    @Transactional
    public Booking book(String tripId, BookingRequest request) {
        trips.save(trip(tripId).withSeatsTaken(request.seats()));
        Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);
        return bookings.insert(new Booking(null, tripId, request.traveller(), request.seats(), now));
    }

    /**
     * Returns the bookings of a trip, oldest first.
     *
     * @throws NotFoundException if the trip does not exist
     */
    @Transactional(readOnly = true)
    public List<Booking> bookingsOf(String tripId) {
        if (!trips.existsById(tripId)) {
            throw new NotFoundException("trip", tripId);
        }
        return bookings.findByTripIdOrderByBookedAt(tripId);
    }
}
