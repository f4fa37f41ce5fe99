package org.storedb.spring.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.webmvc.test.autoconfigure.AutoConfigureMockMvc;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.test.web.servlet.assertj.MockMvcTester;
import org.storedb.Store;
import org.storedb.spring.web.application.LibraryApplication;

/** The endpoints of an application with two stores, on the web. */
@SpringBootTest(
        classes = LibraryApplication.class,
        properties = {
            "store.in-memory=true",
            "store.additional.archive.in-memory=true",
            "management.endpoints.web.exposure.include=*"
        })
@AutoConfigureMockMvc
class ActuatorWebTests {

    @Autowired
    private MockMvcTester web;

    @Autowired
    private Store store;

    @Autowired
    @Qualifier("archiveStore")
    private Store archive;

    @Test
    void figuresAreThoseOfTheStoreThatIsNamed() {
        archive.collection("old").save(Map.of("id", "1"));
        assertThat(web.get().uri("/actuator/store/old?store=archiveStore"))
                .hasStatusOk()
                .bodyJson()
                .extractingPath("$.documents")
                .isEqualTo(1);
        assertThat(web.get().uri("/actuator/store/old")).hasStatus(HttpStatus.NOT_FOUND);
        assertThat(web.get().uri("/actuator/store?store=archiveStore"))
                .hasStatusOk()
                .bodyJson()
                .extractingPath("$.collections[*].name")
                .asArray()
                .contains("old");
        assertThat(web.get().uri("/actuator/store?store=elsewhere")).hasStatus(HttpStatus.BAD_REQUEST);
    }

    @Test
    void compactionIsOfTheStoreThatIsNamed() {
        assertThat(web.post()
                        .uri("/actuator/storecompaction")
                        .contentType(MediaType.APPLICATION_JSON)
                        .content("""
                                {"store": "archiveStore"}"""))
                .hasStatusOk();
        await().untilAsserted(() ->
                assertThat(archive.compactionStatus().lastResults()).hasSize(1));
        assertThat(store.compactionStatus().lastResults()).isEmpty();
        assertThat(web.delete().uri("/actuator/storecompaction?store=archiveStore"))
                .hasStatusOk()
                .bodyJson()
                .extractingPath("$.cancelled")
                .isEqualTo(false);
    }
}
