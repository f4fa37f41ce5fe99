package org.storedb.sample;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.storedb.sample.dataset.PlaceLines;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The application is killed at bad moments and started again. */
class KillTests {

    private static final JsonMapper JSON = JsonMapper.shared();
    private static final int PLACES = 40_000;
    private static final int CLIENTS = 4;
    private static final int SEATS = 1000;

    @TempDir
    private Path directory;

    @Test
    void importGoesOnWhereItWasKilled() throws Exception {
        long before = 0;
        for (long places : new long[] {1, 15_000}) {
            try (TravelDeskProcess application = start(PLACES)) {
                assertThat(application.documents("places")).isGreaterThanOrEqualTo(before);
                before = killWhenImported(application, places);
            }
        }
        try (TravelDeskProcess application = start(PLACES)) {
            application.awaitReady();

            assertThat(application.documents("places")).isEqualTo(PLACES);
            assertThat(countByCountry(application)).isEqualTo(PlaceLines.countByCountry(PlaceLines.first(PLACES)));
        }
    }

    @Test
    void importStopsInGoodOrderWhenAsked() throws Exception {
        try (TravelDeskProcess application = start(PLACES)) {
            awaitImported(application, 1);

            assertThat(application.stop())
                    .anyMatch(line -> line.contains("the next start continues from there"))
                    .noneMatch(line -> line.contains("ERROR") || line.contains("Exception"));
        }
    }

    private TravelDeskProcess start(int places) throws Exception {
        return TravelDeskProcess.start(directory, "--travel-desk.import.limit=" + places);
    }

    private static long killWhenImported(TravelDeskProcess application, long places) throws Exception {
        awaitImported(application, places);
        long imported = application.documents("places");
        application.kill();
        return imported;
    }

    private static void awaitImported(TravelDeskProcess application, long places) {
        Awaitility.await()
                .atMost(TravelDeskProcess.PATIENCE)
                .pollInterval(Duration.ofMillis(5))
                .until(() -> application.documents("places") >= places);
    }

    private static Map<String, Long> countByCountry(TravelDeskProcess application) throws Exception {
        return application
                .get("/api/places/countries")
                .valueStream()
                .collect(Collectors.toMap(
                        count -> count.get("country").stringValue(),
                        count -> count.get("places").longValue()));
    }

    @Test
    void acknowledgedBookingsSurvive() throws Exception {
        Queue<String> acknowledged = new ConcurrentLinkedQueue<>();
        String tripId = "";
        for (int round = 1; round <= 2; round++) {
            try (TravelDeskProcess application = start(1000)) {
                application.awaitReady();
                if (round == 1) {
                    tripId = plan(application);
                }
                assertBookings(application, tripId, acknowledged);
                killWhileBooking(application, tripId, acknowledged);
            }
        }
        try (TravelDeskProcess application = start(1000)) {
            assertThat(acknowledged).hasSizeGreaterThanOrEqualTo(200);
            assertBookings(application, tripId, acknowledged);
        }
    }

    private static String plan(TravelDeskProcess application) throws Exception {
        String trip = "{\"placeId\": \"3039154\", \"departure\": \"2027-03-01\", \"seats\": %d}".formatted(SEATS);
        return JSON.readTree(application.post("/api/trips", trip).body())
                .get("id")
                .stringValue();
    }

    /** Clients book without pause; the application is killed after another 100 bookings, in the middle of the next. */
    private static void killWhileBooking(TravelDeskProcess application, String tripId, Queue<String> acknowledged)
            throws Exception {
        int enough = acknowledged.size() + 100;
        List<Thread> clients = new ArrayList<>();
        for (int i = 0; i < CLIENTS; i++) {
            Thread client = new Thread(() -> bookUntilKilled(application, tripId, acknowledged));
            client.start();
            clients.add(client);
        }
        Awaitility.await()
                .atMost(TravelDeskProcess.PATIENCE)
                .pollInterval(Duration.ofMillis(1))
                .until(() -> acknowledged.size() >= enough);
        application.kill();
        for (Thread client : clients) {
            client.join();
        }
    }

    private static void bookUntilKilled(TravelDeskProcess application, String tripId, Queue<String> acknowledged) {
        try {
            while (true) {
                HttpResponse<String> response = application.post(
                        "/api/trips/" + tripId + "/bookings", "{\"traveller\": \"Ada\", \"seats\": 1}");
                if (response.statusCode() == 201) {
                    acknowledged.add(JSON.readTree(response.body()).get("id").stringValue());
                }
            }
        } catch (IOException e) {
            // The application was killed, as planned.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void assertBookings(TravelDeskProcess application, String tripId, Queue<String> acknowledged)
            throws Exception {
        JsonNode trip = application.get("/api/trips/" + tripId);
        JsonNode bookings = application.get("/api/trips/" + tripId + "/bookings");

        assertThat(bookings.valueStream().map(booking -> booking.get("id").stringValue()))
                .doesNotHaveDuplicates()
                .containsAll(acknowledged);
        int booked = bookings.valueStream()
                .mapToInt(booking -> booking.get("seats").intValue())
                .sum();
        assertThat(trip.get("seatsLeft").intValue()).isNotNegative().isEqualTo(SEATS - booked);
    }
}
