package org.storedb.sample;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.spi.ToolProvider;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.SpringApplicationAotProcessor;
import tools.jackson.databind.json.JsonMapper;

/** The application is processed ahead of time, as the goal process-aot does it, compiled, and started from that. */
class AheadOfTimeTests {

    @TempDir
    private Path directory;

    @Test
    void processedApplicationStartsAndAnswers() throws Exception {
        Path classes = process();
        try (TravelDeskProcess application = TravelDeskProcess.start(
                directory.resolve("store"),
                List.of(
                        "-Dspring.aot.enabled=true",
                        "-cp",
                        classes + File.pathSeparator + TravelDeskProcess.classPath()),
                "--travel-desk.import.limit=500")) {
            application.awaitReady();

            assertThat(application.documents("places")).isEqualTo(500);
            assertThat(application.get("/api/places?country=AD&size=3").get("content"))
                    .hasSize(3);
            String trip = plan(application);
            assertThat(book(application, trip, 2).statusCode()).isEqualTo(201);
            assertThat(book(application, trip, 2).statusCode())
                    .as("too few seats")
                    .isEqualTo(409);
            assertThat(application.get("/api/trips/" + trip).get("seatsLeft").intValue())
                    .isEqualTo(1);
            assertThat(application.get("/api/trips?placeId=3039154")).hasSize(1);
            assertThat(application.stop())
                    .anyMatch(line -> line.contains("Starting AOT-processed TravelDeskApplication"))
                    .noneMatch(line -> line.contains("ERROR"));
        }
    }

    private static String plan(TravelDeskProcess application) throws Exception {
        HttpResponse<String> planned = application.post(
                "/api/trips", "{\"placeId\": \"3039154\", \"departure\": \"2027-03-01\", \"seats\": 3}");
        assertThat(planned.statusCode()).isEqualTo(201);
        return JsonMapper.shared().readTree(planned.body()).get("id").stringValue();
    }

    private static HttpResponse<String> book(TravelDeskProcess application, String trip, int seats) throws Exception {
        return application.post(
                "/api/trips/" + trip + "/bookings", "{\"traveller\": \"Ada\", \"seats\": %d}".formatted(seats));
    }

    /** Where the classes and resources are that were generated. */
    private Path process() throws IOException, InterruptedException {
        Path sources = directory.resolve("sources");
        Path classes = directory.resolve("classes");
        Process processor = TravelDeskProcess.java(
                List.of("-cp", applicationClassPath()),
                SpringApplicationAotProcessor.class.getName(),
                List.of(
                        TravelDeskApplication.class.getName(),
                        sources.toString(),
                        classes.toString(),
                        classes.toString(),
                        "org.storedb",
                        "sample-app"));
        String output = new String(processor.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(processor.waitFor()).as(output).isZero();
        compile(sources, classes);
        return classes;
    }

    /** Without the tests, which would be found by the scan for components. */
    private static String applicationClassPath() {
        return Stream.of(TravelDeskProcess.classPath().split(File.pathSeparator))
                .filter(entry -> !Path.of(entry).endsWith("test-classes"))
                .collect(Collectors.joining(File.pathSeparator));
    }

    private static void compile(Path sources, Path classes) throws IOException {
        List<String> arguments = new ArrayList<>(List.of(
                "-proc:none", "-cp", classes + File.pathSeparator + applicationClassPath(), "-d", classes.toString()));
        try (Stream<Path> files = Files.walk(sources)) {
            files.map(Path::toString).filter(name -> name.endsWith(".java")).forEach(arguments::add);
        }
        StringWriter messages = new StringWriter();
        PrintWriter output = new PrintWriter(messages);
        int result =
                ToolProvider.findFirst("javac").orElseThrow().run(output, output, arguments.toArray(String[]::new));
        assertThat(result).as("%s", messages).isZero();
    }
}
