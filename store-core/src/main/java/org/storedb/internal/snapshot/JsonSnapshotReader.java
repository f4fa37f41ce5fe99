package org.storedb.internal.snapshot;

import java.io.IOException;
import java.io.InputStream;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.storedb.error.UnsupportedFormatException;
import org.storedb.internal.bytes.MalformedBytesException;
import org.storedb.internal.document.CatalogEntry.Kind;
import org.storedb.internal.document.ExpiryRule;
import org.storedb.internal.document.IndexDefinitions;
import org.storedb.internal.json.JsonDocument;
import org.storedb.internal.json.JsonLinesSource;
import org.storedb.internal.log.RecordExpiry;

/** Reads a snapshot file in text form, see {@link JsonSnapshotWriter}. */
final class JsonSnapshotReader {

    private static final int LINE_BYTES_MAX = Integer.MAX_VALUE - 64;

    private static final Set<String> END_FIELDS = Set.of("sequences", "parts", "documents", "entries", "checksum");

    private final JsonLinesSource lines;
    private final CheckedTarget target;

    JsonSnapshotReader(String name, InputStream input, CheckedTarget target) {
        this.lines = new JsonLinesSource(name, input, true, LINE_BYTES_MAX);
        this.target = target;
    }

    /**
     * Passes everything on to the target.
     *
     * @throws MalformedBytesException if the file is damaged
     */
    void read() throws IOException {
        for (JsonDocument line = lines.next(); line != null; line = lines.next()) {
            Map<String, @Nullable Object> fields = line.fields();
            if (fields == null) {
                throw new MalformedBytesException("line " + line.line() + ": " + line.problem());
            }
            try {
                readLine(fields);
            } catch (MalformedBytesException | DateTimeException e) {
                throw new MalformedBytesException("line " + line.line() + ": " + e.getMessage());
            }
        }
        if (!target.isEnded()) {
            throw new MalformedBytesException("it ends too early");
        }
    }

    private void readLine(Map<String, @Nullable Object> line) throws IOException {
        if (line.containsKey("document")) {
            Object document = line.get("document");
            target.document(id(line), number(line, "revision"), expiry(line), object(document));
        } else if (line.containsKey("key")) {
            target.entry(bytes(line, "key"), expiry(line), bytes(line, "value"));
        } else if (line.containsKey("collection")) {
            Map<String, @Nullable Object> head = object(line.get("collection"));
            target.part(new SnapshotPart(
                    Kind.COLLECTION,
                    text(head, "name"),
                    number(head, "documents"),
                    IndexDefinitions.decode(bytes(head, "definitions")),
                    expiryRule(head)));
        } else if (line.containsKey("keyspace")) {
            Map<String, @Nullable Object> head = object(line.get("keyspace"));
            target.part(SnapshotPart.keyspace(text(head, "name"), number(head, "entries")));
        } else if (line.containsKey("sequence")) {
            Map<String, @Nullable Object> head = object(line.get("sequence"));
            target.sequence(text(head, "name"), number(head, "last"));
        } else if (line.containsKey("snapshot")) {
            begin(object(line.get("snapshot")));
        } else if (line.containsKey("end")) {
            end(object(line.get("end")));
        } else {
            throw new MalformedBytesException("it is not a line of a snapshot file");
        }
    }

    private void begin(Map<String, @Nullable Object> head) throws IOException {
        long format = number(head, "format");
        if (format != JsonSnapshotWriter.FORMAT) {
            throw new UnsupportedFormatException("The snapshot file has format " + format
                    + ", this release of StoreDB reads " + JsonSnapshotWriter.FORMAT + "; use a newer release");
        }
        target.begin(
                number(head, "sequence"), Instant.parse(text(head, "takenAt")).toEpochMilli());
    }

    /** Reads the end. Unknown names count as damage: the checksum must not get lost that way. */
    private void end(Map<String, @Nullable Object> end) throws IOException {
        if (!END_FIELDS.containsAll(end.keySet())) {
            throw new MalformedBytesException("the end has unexpected fields: " + end.keySet());
        }
        String found = Long.toHexString(lines.checksumOfLinesBefore());
        if (end.containsKey("checksum") && !found.equals(end.get("checksum"))) {
            throw new MalformedBytesException(
                    "the checksum of the lines before does not match: the file is damaged, or was edited; to load it"
                            + " as it is, remove the checksum from this line");
        }
        target.requireCounts(new SnapshotCounts(
                number(end, "sequences"), number(end, "parts"), number(end, "documents"), number(end, "entries")));
        target.end();
    }

    private static RecordExpiry expiry(Map<String, @Nullable Object> line) {
        if (!line.containsKey("expires")) {
            return RecordExpiry.NEVER;
        }
        long millis = Instant.parse(text(line, "expires")).toEpochMilli();
        return SnapshotFormat.expiry(millis, line.containsKey("slidingMillis") ? number(line, "slidingMillis") : 0);
    }

    private static ExpiryRule expiryRule(Map<String, @Nullable Object> collection) {
        if (!collection.containsKey("expiryPolicy")) {
            return ExpiryRule.NONE;
        }
        Map<String, @Nullable Object> rule = object(collection.get("expiryPolicy"));
        long afterMillis = number(rule, "afterMillis");
        if (afterMillis < 0 || !(rule.get("sliding") instanceof Boolean sliding)) {
            throw new MalformedBytesException("invalid expiry policy " + rule);
        }
        return new ExpiryRule(text(rule, "field"), afterMillis, sliding);
    }

    private static Object id(Map<String, @Nullable Object> line) {
        Object id = line.get("id");
        if (id instanceof String || id instanceof Long) {
            return id;
        }
        throw new MalformedBytesException("\"id\" must be text or a whole number");
    }

    @SuppressWarnings("unchecked") // An object becomes a map with names as keys.
    private static Map<String, @Nullable Object> object(@Nullable Object value) {
        if (value instanceof Map<?, ?> object) {
            return (Map<String, @Nullable Object>) object;
        }
        throw new MalformedBytesException("an object is missing");
    }

    private static long number(Map<String, @Nullable Object> fields, String name) {
        if (fields.get(name) instanceof Long number) {
            return number;
        }
        throw new MalformedBytesException("\"" + name + "\" must be a whole number");
    }

    private static String text(Map<String, @Nullable Object> fields, String name) {
        if (fields.get(name) instanceof String text) {
            return text;
        }
        throw new MalformedBytesException("\"" + name + "\" must be text");
    }

    private static byte[] bytes(Map<String, @Nullable Object> fields, String name) {
        try {
            return Base64.getDecoder().decode(text(fields, name));
        } catch (IllegalArgumentException e) {
            throw new MalformedBytesException("\"" + name + "\" is not Base64: " + e.getMessage());
        }
    }
}
