package org.storedb.sample.trip;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.ActiveProfiles;

@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
@ActiveProfiles("test")
class ConcurrentBookingTests {

    private static final int CLIENTS = 64;
    private static final int SEATS = 10;

    private final HttpClient client = HttpClient.newHttpClient();

    @LocalServerPort
    private int port;

    @Autowired
    private TripService service;

    @Test
    void tripIsSoldOutButNeverOversold() throws Exception {
        Trip trip = service.plan(new TripRequest("3039154", LocalDate.of(2027, 3, 1), SEATS));

        List<Integer> statuses = book(String.valueOf(trip.id()));

        assertThat(Collections.frequency(statuses, 201)).isEqualTo(SEATS);
        assertThat(Collections.frequency(statuses, 409)).isEqualTo(CLIENTS - SEATS);
        assertThat(service.trip(String.valueOf(trip.id())).seatsLeft()).isZero();
        assertThat(service.bookingsOf(String.valueOf(trip.id()))).hasSize(SEATS);
    }

    /** All clients book one seat at the same moment. */
    private List<Integer> book(String tripId) throws Exception {
        CyclicBarrier start = new CyclicBarrier(CLIENTS);
        Callable<Integer> booking = () -> {
            start.await();
            return post("/api/trips/" + tripId + "/bookings", "{\"traveller\": \"Ada\", \"seats\": 1}")
                    .statusCode();
        };
        ExecutorService clients = Executors.newFixedThreadPool(CLIENTS);
        try {
            List<Integer> statuses = new ArrayList<>();
            for (Future<Integer> status : clients.invokeAll(Collections.nCopies(CLIENTS, booking))) {
                statuses.add(status.get());
            }
            return statuses;
        } finally {
            clients.shutdownNow();
        }
    }

    private HttpResponse<String> post(String path, String body) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://localhost:" + port + path))
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(body))
                .build();
        return client.send(request, BodyHandlers.ofString());
    }
}
