package org.storedb.sample.trip;

import jakarta.validation.Valid;
import java.net.URI;
import java.util.List;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/api/trips")
class TripController {

    private final TripService service;

    TripController(TripService service) {
        this.service = service;
    }

    @PostMapping
    ResponseEntity<TripResponse> plan(@Valid @RequestBody TripRequest request) {
        TripResponse trip = TripResponse.of(service.plan(request));
        return ResponseEntity.created(URI.create("/api/trips/" + trip.id())).body(trip);
    }

    @GetMapping
    List<TripResponse> tripsTo(@RequestParam String placeId) {
        return service.tripsTo(placeId).stream().map(TripResponse::of).toList();
    }

    @GetMapping("/{id}")
    TripResponse trip(@PathVariable String id) {
        return TripResponse.of(service.trip(id));
    }

    @PostMapping("/{id}/bookings")
    @ResponseStatus(HttpStatus.CREATED)
    BookingResponse book(@PathVariable String id, @Valid @RequestBody BookingRequest request) {
        return BookingResponse.of(service.book(id, request));
    }

    @GetMapping("/{id}/bookings")
    List<BookingResponse> bookings(@PathVariable String id) {
        return service.bookingsOf(id).stream().map(BookingResponse::of).toList();
    }

    @ExceptionHandler
    ProblemDetail notEnoughSeats(NotEnoughSeatsException exception) {
        ProblemDetail problem = ProblemDetail.forStatusAndDetail(HttpStatus.CONFLICT, exception.getMessage());
        problem.setProperty("seatsLeft", exception.seatsLeft());
        return problem;
    }
}
