package org.storedb.sample;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.webmvc.test.autoconfigure.AutoConfigureMockMvc;
import org.springframework.http.MediaType;
import org.springframework.test.context.ActiveProfiles;
import org.springframework.test.web.servlet.assertj.MockMvcTester;

@SpringBootTest
@AutoConfigureMockMvc
@ActiveProfiles("test")
class TravelDeskApplicationTests {

    @Autowired
    private MockMvcTester mvc;

    @Test
    void pageNamesTheSourceOfThePlaces() {
        assertThat(mvc.get().uri("/index.html"))
                .hasStatusOk()
                .hasContentTypeCompatibleWith(MediaType.TEXT_HTML)
                .bodyText()
                .contains("GeoNames", "CC BY 4.0");
        assertThat(mvc.get().uri("/")).hasStatusOk().hasForwardedUrl("index.html");
    }

    @Test
    void actuatorShowsTheFiguresOfTheStore() {
        assertThat(mvc.get().uri("/actuator/store"))
                .hasStatusOk()
                .bodyJson()
                .extractingPath("$.collections[?(@.name == 'places')].documents")
                .asArray()
                .containsExactly(3000);
        assertThat(mvc.get().uri("/actuator/health"))
                .hasStatusOk()
                .bodyJson()
                .extractingPath("$.components.store.status")
                .isEqualTo("UP");
    }

    @Test
    void compactionIsStartedByRequest() {
        assertThat(mvc.post()
                        .uri("/actuator/storecompaction")
                        .contentType(MediaType.APPLICATION_JSON)
                        .content("{}"))
                .hasStatusOk();

        Awaitility.await()
                .atMost(Duration.ofSeconds(10))
                .untilAsserted(() -> assertThat(mvc.get().uri("/actuator/storecompaction"))
                        .hasStatusOk()
                        .bodyJson()
                        .extractingPath("$.lastResults")
                        .asArray()
                        .isNotEmpty());
    }
}
