package org.storedb.sample.dataset;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.springframework.core.io.Resource;
import org.springframework.stereotype.Component;
import org.storedb.sample.place.Place;
import tools.jackson.databind.json.JsonMapper;

/** The file of places, one JSON object per line, compressed with gzip. */
@Component
class PlaceFile {

    private final Resource file;
    private final JsonMapper jsonMapper;

    PlaceFile(ImportProperties properties, JsonMapper jsonMapper) {
        this.file = properties.file();
        this.jsonMapper = jsonMapper;
    }

    String name() {
        return Objects.requireNonNullElseGet(file.getFilename(), file::getDescription);
    }

    /** Returns the number of places; reads the whole file, but does not parse the lines. */
    long count() {
        try (Stream<String> lines = lines()) {
            return lines.count();
        }
    }

    /** Returns the places after the first {@code skipped} ones, in file order; the stream must be closed. */
    Stream<Place> placesAfter(long skipped) {
        return lines().skip(skipped).map(line -> jsonMapper.readValue(line, Place.class));
    }

    private Stream<String> lines() {
        try {
            BufferedReader reader = new BufferedReader(
                    new InputStreamReader(new GZIPInputStream(file.getInputStream()), StandardCharsets.UTF_8));
            return reader.lines().onClose(() -> close(reader));
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read " + name(), e);
        }
    }

    private static void close(BufferedReader reader) {
        try {
            reader.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
