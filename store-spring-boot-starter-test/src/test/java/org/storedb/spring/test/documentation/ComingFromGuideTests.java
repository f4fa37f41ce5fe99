package org.storedb.spring.test.documentation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.platform.launcher.Launcher;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.io.DefaultResourceLoader;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.embedded.EmbeddedDatabase;
import org.springframework.jdbc.datasource.embedded.EmbeddedDatabaseBuilder;
import org.springframework.jdbc.datasource.embedded.EmbeddedDatabaseType;

/** The examples of docs/COMING-FROM-JPA-AND-MONGODB.md, as an application with rows and documents to move. */
class ComingFromGuideTests {

    private static final Path GUIDE = Path.of("..", "docs", "COMING-FROM-JPA-AND-MONGODB.md");
    private static final Pattern EXPORTED = Pattern.compile("```json mongoexport\\n(.*?)\\n```", Pattern.DOTALL);
    private static final List<String> IMPORTS = List.of(
            "static org.assertj.core.api.Assertions.assertThat",
            "java.io.*",
            "java.math.*",
            "java.nio.file.*",
            "java.time.*",
            "java.util.*",
            "java.util.concurrent.*",
            "java.util.stream.*",
            "org.junit.jupiter.api.Test",
            "org.springframework.beans.factory.annotation.*",
            "org.springframework.context.ApplicationContext",
            "org.springframework.context.annotation.*",
            "org.springframework.dao.*",
            "org.springframework.data.annotation.Id",
            "org.springframework.data.annotation.Version",
            "org.springframework.data.domain.Sort",
            "org.springframework.jdbc.core.simple.JdbcClient",
            "org.springframework.resilience.annotation.*",
            "org.springframework.stereotype.Service",
            "org.springframework.transaction.annotation.Transactional",
            "org.storedb.Store",
            "org.storedb.document.DocumentPatch",
            "org.storedb.migration.Migration",
            "org.storedb.query.Filter",
            "org.storedb.spring.data.core.StoreTemplate",
            "org.storedb.spring.data.core.mapping.*",
            "org.storedb.spring.data.repository.Query",
            "org.storedb.spring.data.repository.StoreRepository",
            "org.storedb.spring.test.DataStoreTest",
            "tools.jackson.databind.JsonNode",
            "tools.jackson.databind.json.JsonMapper");
    private static final List<String> VARIABLES = List.of(
            "Store store = context.getBean(Store.class)",
            "StoreTemplate template = context.getBean(StoreTemplate.class)",
            "PlaceRepository places = context.getBean(PlaceRepository.class)",
            "TripRepository trips = context.getBean(TripRepository.class)",
            "OfferRepository offers = context.getBean(OfferRepository.class)",
            "TripQueries queries = context.getBean(TripQueries.class)",
            "TripDesk desk = context.getBean(TripDesk.class)",
            "PlaceDesk placeDesk = context.getBean(PlaceDesk.class)",
            "JdbcClient jdbc = context.getBean(JdbcClient.class)");

    private final ClassLoader ownLoader = Thread.currentThread().getContextClassLoader();

    @TempDir
    private Path folder;

    private ApplicationGuide guide;

    @BeforeEach
    void compile() throws IOException {
        guide = new ApplicationGuide(GUIDE, Files.createDirectory(folder.resolve("classes")), IMPORTS, VARIABLES);
        Thread.currentThread().setContextClassLoader(guide.classes());
    }

    @AfterEach
    void close() throws IOException {
        Thread.currentThread().setContextClassLoader(ownLoader);
        guide.close();
    }

    @Test
    void examplesDoWhatTheGuideSays() throws Exception {
        Files.writeString(folder.resolve("offers.jsonl"), exportedByMongo());
        EmbeddedDatabase database = new EmbeddedDatabaseBuilder()
                .setType(EmbeddedDatabaseType.H2)
                .generateUniqueName(true)
                .build();
        JdbcClient jdbc = JdbcClient.create(database);
        fill(jdbc);
        try (ConfigurableApplicationContext application = new SpringApplicationBuilder(guide.type("GuideApplication"))
                .resourceLoader(new DefaultResourceLoader(guide.classes()))
                .initializers(context -> context.getBeanFactory().registerSingleton("jdbcClient", jdbc))
                .run(
                        "--store.in-memory=true",
                        "--spring.autoconfigure.exclude=org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration")) {
            guide.run(application, folder);
        } finally {
            database.shutdown();
        }
        assertThat(guide.exampleCount()).isEqualTo(14);
    }

    @Test
    void testOfTheGuidePasses() throws Exception {
        SummaryGeneratingListener listener = new SummaryGeneratingListener();
        Launcher launcher = LauncherFactory.create();
        launcher.execute(
                LauncherDiscoveryRequestBuilder.request()
                        .selectors(selectClass(guide.type("TripRepositoryTests")))
                        .build(),
                listener);
        StringWriter failures = new StringWriter();
        listener.getSummary().printFailuresTo(new PrintWriter(failures));
        assertThat(listener.getSummary().getTestsSucceededCount())
                .as("%s", failures)
                .isEqualTo(1);
    }

    private static void fill(JdbcClient jdbc) {
        jdbc.sql("create table trips (id bigint primary key, place_id varchar, departure date, seats int)")
                .update();
        jdbc.sql("create table bookings (id bigint primary key, trip_id bigint, traveller varchar, seats int)")
                .update();
        for (int id : new int[] {7, 4000, 12}) {
            jdbc.sql("insert into trips values (?, 'kyoto', date '2027-05-01', 10)")
                    .param(id)
                    .update();
        }
        jdbc.sql("insert into bookings values (1, 4000, 'Ada', 2), (2, 7, 'Eve', 3), (3, 4000, 'Bob', 1)")
                .update();
    }

    private static String exportedByMongo() throws IOException {
        Matcher exported = EXPORTED.matcher(Files.readString(GUIDE));
        assertThat(exported.find()).isTrue();
        return exported.group(1) + "\n";
    }
}
