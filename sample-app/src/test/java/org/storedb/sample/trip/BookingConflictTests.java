package org.storedb.sample.trip;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.BDDMockito.given;
import static org.mockito.BDDMockito.then;
import static org.mockito.Mockito.times;

import java.time.LocalDate;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.webmvc.test.autoconfigure.AutoConfigureMockMvc;
import org.springframework.dao.OptimisticLockingFailureException;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.test.context.ActiveProfiles;
import org.springframework.test.context.bean.override.mockito.MockitoBean;
import org.springframework.test.web.servlet.assertj.MockMvcTester;
import org.springframework.test.web.servlet.assertj.MvcTestResult;

/** What clients see of conflicts; {@link ConcurrentBookingTests} brings about real ones. */
@SpringBootTest
@AutoConfigureMockMvc
@ActiveProfiles("test")
class BookingConflictTests {

    private static final Trip TRIP = new Trip("trip", "3039154", LocalDate.of(2027, 3, 1), 10, 10, 0L);

    @Autowired
    private MockMvcTester mvc;

    @MockitoBean
    private TripRepository trips;

    @Test
    void bookingIsTriedAgainAfterAConflict() {
        given(trips.findById("trip")).willReturn(Optional.of(TRIP));
        given(trips.save(any())).willThrow(conflict()).willThrow(conflict()).willReturn(TRIP);

        assertThat(book()).hasStatus(HttpStatus.CREATED);
        then(trips).should(times(3)).findById("trip");
    }

    @Test
    void clientIsAskedToTryAgainWhenConflictsDoNotEnd() {
        given(trips.findById("trip")).willReturn(Optional.of(TRIP));
        given(trips.save(any())).willThrow(conflict());

        MvcTestResult refused = book();

        assertThat(refused)
                .hasStatus(HttpStatus.SERVICE_UNAVAILABLE)
                .hasContentType(MediaType.APPLICATION_PROBLEM_JSON)
                .headers()
                .hasValue(HttpHeaders.RETRY_AFTER, "1");
    }

    private MvcTestResult book() {
        return mvc.post()
                .uri("/api/trips/trip/bookings")
                .contentType(MediaType.APPLICATION_JSON)
                .content("{\"traveller\": \"Ada\", \"seats\": 1}")
                .exchange();
    }

    private static OptimisticLockingFailureException conflict() {
        return new OptimisticLockingFailureException("Someone was faster");
    }
}
