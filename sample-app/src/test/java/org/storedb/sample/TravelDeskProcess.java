package org.storedb.sample;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The application as a process of its own, so that it can be killed. */
class TravelDeskProcess implements AutoCloseable {

    private static final Pattern PORT = Pattern.compile("Tomcat started on port (\\d+)");
    /** How long to wait for anything, also on a busy machine. */
    static final Duration PATIENCE = Duration.ofMinutes(2);

    private static final JsonMapper JSON = JsonMapper.shared();

    private final HttpClient client = HttpClient.newHttpClient();
    private final Queue<String> output = new ConcurrentLinkedQueue<>();
    private final CompletableFuture<Integer> port = new CompletableFuture<>();
    private final CompletableFuture<Void> outputEnd = new CompletableFuture<>();
    private final Process process;

    private TravelDeskProcess(Process process) {
        this.process = process;
    }

    /** Starts the application on a free port; it answers when this returns, but may still be importing. */
    static TravelDeskProcess start(Path directory, String... arguments) throws Exception {
        return start(directory, List.of("-cp", classPath()), arguments);
    }

    /** Starts the application as above, in a JVM with these options. */
    static TravelDeskProcess start(Path directory, List<String> jvmOptions, String... arguments) throws Exception {
        List<String> options = new ArrayList<>(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"));
        options.addAll(jvmOptions);
        List<String> all = new ArrayList<>(List.of("--server.port=0", "--store.path=" + directory));
        all.addAll(List.of(arguments));
        TravelDeskProcess started = new TravelDeskProcess(java(options, TravelDeskApplication.class.getName(), all));
        started.readOutput();
        started.port.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        return started;
    }

    /** A JVM that runs a class; what it says on both of its outputs comes as one. */
    static Process java(List<String> options, String mainClass, List<String> arguments) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(options);
        command.add(mainClass);
        command.addAll(arguments);
        return new ProcessBuilder(command).redirectErrorStream(true).start();
    }

    /** Where the classes of the application, its tests and all libraries are. */
    static String classPath() {
        return System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
    }

    private void readOutput() {
        Thread reader = new Thread(() -> {
            try (BufferedReader lines = process.inputReader()) {
                lines.lines().forEach(this::readLine);
            } catch (IOException | RuntimeException e) {
                output.add("The output ended: " + e);
            }
            outputEnd.complete(null);
            port.completeExceptionally(new IllegalStateException("It did not start:\n" + String.join("\n", output)));
        });
        reader.setDaemon(true);
        reader.start();
    }

    private void readLine(String line) {
        output.add(line);
        Matcher matcher = PORT.matcher(line);
        if (matcher.find()) {
            port.complete(Integer.valueOf(matcher.group(1)));
        }
    }

    void awaitReady() {
        Awaitility.await()
                .atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(50))
                .until(() -> send(request("/actuator/health/readiness")).statusCode() == 200);
    }

    /** The documents that a collection has at the moment. */
    long documents(String collection) throws Exception {
        return get("/actuator/store")
                .get("collections")
                .valueStream()
                .filter(stats -> stats.get("name").stringValue().equals(collection))
                .mapToLong(stats -> stats.get("documents").longValue())
                .sum();
    }

    JsonNode get(String path) throws Exception {
        HttpResponse<String> response = send(request(path));
        if (response.statusCode() != 200) {
            throw new IllegalStateException(path + " answered " + response.statusCode() + ": " + response.body());
        }
        return JSON.readTree(response.body());
    }

    HttpResponse<String> post(String path, String body) throws IOException, InterruptedException {
        return send(request(path).header("Content-Type", "application/json").POST(BodyPublishers.ofString(body)));
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create("http://localhost:" + port.join() + path));
    }

    private HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        return client.send(request.build(), BodyHandlers.ofString());
    }

    /**
     * Asks the process to end, as {@code kill} and Ctrl+C do, and returns all that it said. The handle does that;
     * {@link Process#destroy()} would close the output, too.
     */
    List<String> stop() {
        process.toHandle().destroy();
        outputEnd.join();
        return List.copyOf(output);
    }

    /** Ends the process as {@code kill -9} does: it gets no chance to do anything. */
    void kill() {
        process.toHandle().destroyForcibly();
        process.onExit().join();
    }

    @Override
    public void close() {
        kill();
    }
}
