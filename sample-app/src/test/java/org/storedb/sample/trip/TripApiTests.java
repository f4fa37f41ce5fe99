package org.storedb.sample.trip;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.webmvc.test.autoconfigure.AutoConfigureMockMvc;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.test.context.ActiveProfiles;
import org.springframework.test.web.servlet.assertj.MockMvcTester;
import org.springframework.test.web.servlet.assertj.MvcTestResult;
import tools.jackson.databind.json.JsonMapper;

@SpringBootTest
@AutoConfigureMockMvc
@ActiveProfiles("test")
class TripApiTests {

    private static final String EL_TARTER = "3039154";
    private static final String ORDINO = "3039678";

    @Autowired
    private MockMvcTester mvc;

    @Autowired
    private JsonMapper jsonMapper;

    @Test
    void plannedTripIsCreatedWithAllSeatsLeft() {
        MvcTestResult created = post("/api/trips", trip(EL_TARTER, 10));

        assertThat(created).hasStatus(HttpStatus.CREATED);
        TripResponse trip = jsonMapper.readValue(body(created), TripResponse.class);
        assertThat(trip.id()).isNotEmpty();
        assertThat(trip.seats()).isEqualTo(10);
        assertThat(trip.seatsLeft()).isEqualTo(10);
        assertThat(created).headers().hasValue(HttpHeaders.LOCATION, "/api/trips/" + trip.id());
        assertThat(tripById(trip.id())).isEqualTo(trip);
    }

    @Test
    void tripsOfAPlaceComeInTheOrderOfTheirDepartures() {
        String later = planned("{\"placeId\": \"%s\", \"departure\": \"2027-05-01\", \"seats\": 2}".formatted(ORDINO));
        String sooner = planned("{\"placeId\": \"%s\", \"departure\": \"2027-03-01\", \"seats\": 2}".formatted(ORDINO));
        planned(trip(EL_TARTER, 2));

        assertThat(mvc.get().uri("/api/trips?placeId={id}", ORDINO))
                .hasStatusOk()
                .bodyJson()
                .extractingPath("$[*].id")
                .asArray()
                .containsExactly(sooner, later);
    }

    @Test
    void placeWithoutTripsHasNone() {
        assertThat(mvc.get().uri("/api/trips?placeId=nowhere"))
                .hasStatusOk()
                .bodyJson()
                .extractingPath("$")
                .asArray()
                .isEmpty();
    }

    @Test
    void bookingTakesSeatsFromTheTrip() {
        String tripId = planned(trip(EL_TARTER, 10));

        MvcTestResult created = post("/api/trips/" + tripId + "/bookings", booking("Ada", 3));

        assertThat(created).hasStatus(HttpStatus.CREATED);
        BookingResponse booking = jsonMapper.readValue(body(created), BookingResponse.class);
        assertThat(booking.tripId()).isEqualTo(tripId);
        assertThat(booking.traveller()).isEqualTo("Ada");
        assertThat(tripById(tripId).seatsLeft()).isEqualTo(7);
        assertThat(mvc.get().uri("/api/trips/{id}/bookings", tripId))
                .hasStatusOk()
                .bodyJson()
                .convertTo(BookingResponse[].class)
                .isEqualTo(new BookingResponse[] {booking});
    }

    @Test
    void bookingOfMoreSeatsThanAreLeftChangesNothing() {
        String tripId = planned(trip(EL_TARTER, 4));
        assertThat(post("/api/trips/" + tripId + "/bookings", booking("Ada", 3)))
                .hasStatus(HttpStatus.CREATED);

        MvcTestResult refused = post("/api/trips/" + tripId + "/bookings", booking("Grace", 2));

        assertThat(refused).hasStatus(HttpStatus.CONFLICT).hasContentType(MediaType.APPLICATION_PROBLEM_JSON);
        assertThat(refused).bodyJson().extractingPath("$.detail").isEqualTo("Not enough seats: 2 requested, 1 left");
        assertThat(refused).bodyJson().extractingPath("$.seatsLeft").isEqualTo(1);
        assertThat(tripById(tripId).seatsLeft()).isEqualTo(1);
        assertThat(mvc.get().uri("/api/trips/{id}/bookings", tripId))
                .bodyJson()
                .extractingPath("$[*].traveller")
                .asArray()
                .containsExactly("Ada");
    }

    @Test
    void tripToAnUnknownPlaceIsNotFound() {
        assertProblem(
                post("/api/trips", trip("nowhere", 1)),
                HttpStatus.NOT_FOUND,
                "There is no place with the id 'nowhere'");
        String tooLong = "x".repeat(100_000);
        assertProblem(
                post("/api/trips", trip(tooLong, 1)),
                HttpStatus.NOT_FOUND,
                "There is no place with the id '" + tooLong + "'");
    }

    @Test
    void unknownTripIsNotFound() {
        String detail = "There is no trip with the id 'none'";
        assertProblem(mvc.get().uri("/api/trips/none").exchange(), HttpStatus.NOT_FOUND, detail);
        assertProblem(mvc.get().uri("/api/trips/none/bookings").exchange(), HttpStatus.NOT_FOUND, detail);
        assertProblem(post("/api/trips/none/bookings", booking("Ada", 1)), HttpStatus.NOT_FOUND, detail);
    }

    @Test
    void listOfTripsNeedsAPlace() {
        assertProblem(
                mvc.get().uri("/api/trips").exchange(),
                HttpStatus.BAD_REQUEST,
                "Required parameter 'placeId' is not present.");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"departure\": \"2027-03-01\", \"seats\": 1}                           | placeId",
                "{\"placeId\": \" \", \"departure\": \"2027-03-01\", \"seats\": 1}       | placeId",
                "{\"placeId\": \"3039154\", \"seats\": 1}                                | departure",
                "{\"placeId\": \"3039154\", \"departure\": \"2027-03-01\"}               | seats",
                "{\"placeId\": \"3039154\", \"departure\": \"2027-03-01\", \"seats\": 0} | seats",
                "{\"placeId\": \"3039154\", \"departure\": \"2027-03-01\", \"seats\": 1001} | seats",
            })
    void fieldOfATripThatIsMissingOrOutOfRangeIsNamed(String body, String field) {
        assertInvalidField(post("/api/trips", body), field);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"seats\": 1}                        | traveller",
                "{\"traveller\": \"  \", \"seats\": 1} | traveller",
                "{\"traveller\": \"Ada\"}              | seats",
                "{\"traveller\": \"Ada\", \"seats\": 0}  | seats",
                "{\"traveller\": \"Ada\", \"seats\": -1} | seats",
            })
    void fieldOfABookingThatIsMissingOrOutOfRangeIsNamed(String body, String field) {
        assertInvalidField(post("/api/trips/none/bookings", body), field);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"placeId\": \"3039154\", \"departure\": \"soon\", \"seats\": 1}           | departure",
                "{\"placeId\": \"3039154\", \"departure\": \"2027-02-30\", \"seats\": 1}     | departure",
                "{\"placeId\": \"3039154\", \"departure\": \"2027-03-01\", \"seats\": \"2\"} | seats",
                "{\"placeId\": \"3039154\", \"departure\": \"2027-03-01\", \"seats\": 1.5}   | seats",
                "{\"placeId\": \"3039154\", \"departure\": \"2027-03-01\", \"seats\": 99999999999} | seats",
                "{\"placeId\": {}, \"departure\": \"2027-03-01\", \"seats\": 1}              | placeId",
            })
    void fieldOfTheWrongTypeIsNamed(String body, String field) {
        assertInvalidField(post("/api/trips", body), field);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"{\"placeId\":", "{\"seats\": 1,,}", "hello"})
    void bodyThatIsNotJsonIsRefused(String body) {
        MvcTestResult refused = post("/api/trips", body);

        assertThat(refused).hasStatus(HttpStatus.BAD_REQUEST).hasContentType(MediaType.APPLICATION_PROBLEM_JSON);
        assertThat(refused).bodyJson().extractingPath("$.detail").asString().startsWith("The body is not valid JSON");
    }

    @Test
    void jsonThatIsNoObjectIsRefused() {
        assertProblem(post("/api/trips", "[]"), HttpStatus.BAD_REQUEST, "The body must be a JSON object");
    }

    @Test
    void missingBodyIsRefused() {
        assertProblem(post("/api/trips", ""), HttpStatus.BAD_REQUEST, "The body is missing or cannot be read");
    }

    @Test
    void valueThatTheStoreDoesNotTakeIsRefused() {
        String tripId = planned(trip(EL_TARTER, 1));

        assertProblem(
                post("/api/trips/" + tripId + "/bookings", booking("\\ud800", 1)),
                HttpStatus.BAD_REQUEST,
                "Field \"traveller\": The text contains half of a surrogate pair and cannot be stored as UTF-8");
        assertThat(tripById(tripId).seatsLeft()).isEqualTo(1);
    }

    @Test
    void otherMethodsMediaTypesAndPathsHaveProblemDetailsToo() {
        assertThat(mvc.delete().uri("/api/trips/none"))
                .hasStatus(HttpStatus.METHOD_NOT_ALLOWED)
                .hasContentType(MediaType.APPLICATION_PROBLEM_JSON);
        assertThat(mvc.post()
                        .uri("/api/trips")
                        .contentType(MediaType.TEXT_PLAIN)
                        .content("x"))
                .hasStatus(HttpStatus.UNSUPPORTED_MEDIA_TYPE)
                .hasContentType(MediaType.APPLICATION_PROBLEM_JSON);
        assertThat(mvc.get().uri("/api/hotels"))
                .hasStatus(HttpStatus.NOT_FOUND)
                .hasContentType(MediaType.APPLICATION_PROBLEM_JSON);
    }

    private static String trip(String placeId, int seats) {
        return """
                {"placeId": "%s", "departure": "2027-03-01", "seats": %d}
                """.formatted(placeId, seats);
    }

    private static String booking(String traveller, int seats) {
        return """
                {"traveller": "%s", "seats": %d}
                """.formatted(traveller, seats);
    }

    private String planned(String body) {
        return jsonMapper
                .readValue(body(post("/api/trips", body)), TripResponse.class)
                .id();
    }

    private TripResponse tripById(String id) {
        return jsonMapper.readValue(body(mvc.get().uri("/api/trips/" + id).exchange()), TripResponse.class);
    }

    private MvcTestResult post(String uri, String body) {
        return mvc.post()
                .uri(uri)
                .contentType(MediaType.APPLICATION_JSON)
                .content(body)
                .exchange();
    }

    private static byte[] body(MvcTestResult result) {
        return result.getResponse().getContentAsByteArray();
    }

    private static void assertProblem(MvcTestResult result, HttpStatus status, String detail) {
        assertThat(result).hasStatus(status).hasContentType(MediaType.APPLICATION_PROBLEM_JSON);
        assertThat(result).bodyJson().extractingPath("$.detail").isEqualTo(detail);
    }

    private static void assertInvalidField(MvcTestResult result, String field) {
        assertThat(result).hasStatus(HttpStatus.BAD_REQUEST).hasContentType(MediaType.APPLICATION_PROBLEM_JSON);
        assertThat(result)
                .bodyJson()
                .extractingPath("$.errors[*].field")
                .asArray()
                .containsExactly(field);
    }
}
