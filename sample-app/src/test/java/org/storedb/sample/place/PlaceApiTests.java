package org.storedb.sample.place;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.webmvc.test.autoconfigure.AutoConfigureMockMvc;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.test.context.ActiveProfiles;
import org.springframework.test.web.servlet.assertj.MockMvcTester;
import org.storedb.sample.dataset.PlaceLines;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

@SpringBootTest
@AutoConfigureMockMvc
@ActiveProfiles("test")
class PlaceApiTests {

    private static final List<JsonNode> LINES = PlaceLines.first(3000);

    @Autowired
    private MockMvcTester mvc;

    @Autowired
    private JsonMapper jsonMapper;

    @Test
    void nameIsSearchedByItsStartIgnoringCase() {
        JsonNode page = get("/api/places?name=vIl&size=200");

        assertThat(names(page))
                .isNotEmpty()
                .containsExactlyInAnyOrderElementsOf(namesOf(line -> startsWith(line, "vil")));
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "-,   -,  -",
                "a,   -,  -",
                "-,   AF, -",
                "-,   af, -",
                "-,   -,  100000",
                "a,   AE, -",
                "k,   -,  50000",
                "-,   AM, 20000",
                "k,   AF, 10000",
                "zzz, -,  -",
                "-,   ZZ, -",
            })
    void everyCombinationOfCriteriaFindsWhatTheFileHas(String name, String country, Long minPopulation) {
        JsonNode page = get("/api/places?size=200"
                + (name == null ? "" : "&name=" + name)
                + (country == null ? "" : "&country=" + country)
                + (minPopulation == null ? "" : "&minPopulation=" + minPopulation));

        List<String> expected = namesOf(line -> (name == null || startsWith(line, name))
                && (country == null || line.get("country").stringValue().equalsIgnoreCase(country))
                && (minPopulation == null || line.get("population").longValue() >= minPopulation));
        assertThat(page.at("/page/totalElements").intValue()).isEqualTo(expected.size());
        if (expected.size() <= 200) {
            assertThat(names(page)).containsExactlyInAnyOrderElementsOf(expected);
        }
    }

    @Test
    void largestPlacesComeFirstUnlessAskedOtherwise() {
        List<Long> largest = LINES.stream()
                .map(line -> line.get("population").longValue())
                .sorted(Comparator.reverseOrder())
                .limit(20)
                .toList();

        assertThat(get("/api/places")
                        .get("content")
                        .valueStream()
                        .map(place -> place.get("population").longValue()))
                .containsExactlyElementsOf(largest);
    }

    @Test
    void orderByNameDoesNotSeparateUpperFromLowerCase() {
        List<String> expected = LINES.stream()
                .filter(line -> line.get("country").stringValue().equals("AD"))
                .map(line -> line.get("name").stringValue())
                .sorted(Comparator.comparing(name -> name.toLowerCase(Locale.ROOT)))
                .toList();

        assertThat(names(get("/api/places?country=AD&sort=name&size=200"))).containsExactlyElementsOf(expected);
        assertThat(expected)
                .contains("les Escaldes")
                .isNotEqualTo(expected.stream().sorted().toList());
    }

    @Test
    void pagesFollowEachOtherWithoutGapOrOverlap() {
        JsonNode first = get("/api/places?sort=country,asc&sort=name,desc&size=100");
        JsonNode second = get("/api/places?sort=country,asc&sort=name,desc&size=100&page=1");
        JsonNode both = get("/api/places?sort=country,asc&sort=name,desc&size=200");

        assertThat(both.get("content"))
                .containsExactlyElementsOf(Stream.concat(
                                first.get("content").valueStream(),
                                second.get("content").valueStream())
                        .toList());
        assertThat(second.at("/page/number").intValue()).isEqualTo(1);
        assertThat(second.at("/page/totalPages").intValue()).isEqualTo(30);
    }

    @Test
    void pageBehindTheLastOneIsEmpty() {
        assertThat(get("/api/places?page=1000000").get("content")).isEmpty();
    }

    @Test
    void placeIsFoundByIdWithoutWhatOnlyTheSearchNeeds() {
        assertThat(mvc.get().uri("/api/places/3039154"))
                .hasStatusOk()
                .bodyJson()
                .isStrictlyEqualTo("""
                        {"id":"3039154","name":"El Tarter","country":"AD","region":"Canillo","featureCode":"PPL",
                         "population":1052,"location":{"lat":42.57952,"lon":1.65362}}
                        """);
    }

    @Test
    void countriesAreCountedInTheirOrder() {
        List<CountryCount> expected = PlaceLines.countByCountry(LINES).entrySet().stream()
                .map(entry -> new CountryCount(entry.getKey(), entry.getValue()))
                .toList();

        assertThat(mvc.get().uri("/api/places/countries"))
                .hasStatusOk()
                .bodyJson()
                .convertTo(InstanceOfAssertFactories.list(CountryCount.class))
                .containsExactlyElementsOf(expected);
    }

    @Test
    void unknownPlaceIsNotFound() {
        assertThat(mvc.get().uri("/api/places/nowhere"))
                .hasStatus(HttpStatus.NOT_FOUND)
                .hasContentType(MediaType.APPLICATION_PROBLEM_JSON)
                .bodyJson()
                .extractingPath("$.detail")
                .isEqualTo("There is no place with the id 'nowhere'");
    }

    @Test
    void unknownSortFieldIsNamedWithTheKnownOnes() {
        assertThat(mvc.get().uri("/api/places?sort=mayor,asc"))
                .hasStatus(HttpStatus.BAD_REQUEST)
                .hasContentType(MediaType.APPLICATION_PROBLEM_JSON)
                .bodyJson()
                .extractingPath("$.detail")
                .isEqualTo(
                        "Cannot sort by 'mayor'; sortable fields are country, featureCode, id, name, population, region");
    }

    @ParameterizedTest
    @CsvSource({
        "page=-1, page",
        "page=first, page",
        "size=0, size",
        "size=-5, size",
        "size=201, size",
        "minPopulation=abc, minPopulation",
        "minPopulation=-1, minPopulation",
        "country=Japan, country",
        "country=1, country",
    })
    void parameterThatMakesNoSenseIsNamed(String parameter, String field) {
        assertThat(mvc.get().uri("/api/places?" + parameter))
                .hasStatus(HttpStatus.BAD_REQUEST)
                .hasContentType(MediaType.APPLICATION_PROBLEM_JSON)
                .bodyJson()
                .extractingPath("$.errors[*].field")
                .asArray()
                .containsExactly(field);
    }

    @Test
    void parameterOfTheWrongTypeIsQuoted() {
        assertThat(mvc.get().uri("/api/places?minPopulation=abc"))
                .bodyJson()
                .extractingPath("$.detail")
                .isEqualTo("minPopulation has a value of the wrong type: 'abc'");
    }

    private JsonNode get(String uri) {
        var result = mvc.get().uri(uri).exchange();
        assertThat(result).hasStatusOk();
        return jsonMapper.readTree(result.getResponse().getContentAsByteArray());
    }

    private static List<String> names(JsonNode page) {
        return page.get("content")
                .valueStream()
                .map(place -> place.get("name").stringValue())
                .toList();
    }

    private static List<String> namesOf(Predicate<JsonNode> condition) {
        return LINES.stream()
                .filter(condition)
                .map(line -> line.get("name").stringValue())
                .toList();
    }

    private static boolean startsWith(JsonNode line, String prefix) {
        return line.get("name").stringValue().toLowerCase(Locale.ROOT).startsWith(prefix);
    }
}
