package org.storedb.internal.snapshot;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32C;
import org.storedb.document.DocumentValue;
import org.storedb.index.IndexDefinition;
import org.storedb.internal.document.CatalogEntry.Kind;
import org.storedb.internal.document.ExpiryRule;
import org.storedb.internal.document.IndexDefinitions;
import org.storedb.internal.json.JsonDocumentWriter;
import org.storedb.internal.log.RecordExpiry;
import org.storedb.query.Sort.Direction;

/**
 * Writes a snapshot file as lines of JSON. Does not close the stream.
 *
 * <pre>
 * {"snapshot":{"format":1,"sequence":…,"takenAt":"…"}}
 * {"sequence":{"name":"…","last":128}}
 * {"collection":{"name":"…","documents":2,"indexes":[{"name":"…","fields":["…"],"unique":false}],"definitions":"…"}}
 * {"id":"…","revision":0,"document":{…}}
 * {"keyspace":{"name":"…","entries":1}}
 * {"key":"…","value":"…"}
 * {"end":{"sequences":1,"parts":2,"documents":2,"entries":1,"checksum":"…"}}
 * </pre>
 *
 * Records that expire have {@code "expires":"…"} and, if use postpones that, {@code "slidingMillis":…} as well. A
 * collection with an expiry policy has {@code "expiryPolicy":{"field":"…","afterMillis":0,"sliding":false}}. Keys,
 * values and definitions are Base64; the definitions are what is read, the list of indexes is for human readers. The
 * checksum, a CRC-32C, covers all lines before it; users who edit the file have to remove it.
 */
public final class JsonSnapshotWriter implements SnapshotTarget {

    static final int FORMAT = 1;

    private final ChecksummedOutput target;
    private final JsonDocumentWriter lines;
    private long sequences;
    private long parts;
    private long documents;
    private long entries;

    /** Creates a writer at the start of a stream. */
    public JsonSnapshotWriter(OutputStream target) throws IOException {
        this.target = new ChecksummedOutput(target);
        this.lines = JsonDocumentWriter.lines(this.target, true);
    }

    @Override
    public void begin(long sequence, long takenAtMillis) throws IOException {
        line("snapshot", fields("format", FORMAT, "sequence", sequence, "takenAt", text(takenAtMillis)));
    }

    private static String text(long millis) {
        return Instant.ofEpochMilli(millis).toString();
    }

    @Override
    public void sequence(String name, long last) throws IOException {
        sequences++;
        line("sequence", fields("name", name, "last", last));
    }

    @Override
    public void part(SnapshotPart part) throws IOException {
        parts++;
        if (part.kind() == Kind.KEYSPACE) {
            line("keyspace", fields("name", part.name(), "entries", part.count()));
            return;
        }
        List<Map<String, Object>> indexes =
                part.indexes().stream().map(JsonSnapshotWriter::shown).toList();
        Map<String, Object> head = fields(
                "name",
                part.name(),
                "documents",
                part.count(),
                "indexes",
                indexes,
                "definitions",
                base64(IndexDefinitions.encode(part.indexes())));
        if (part.isExpiring()) {
            head.put("expiryPolicy", shown(part.expiryRule()));
        }
        line("collection", head);
    }

    private static Map<String, Object> shown(ExpiryRule rule) {
        return fields("field", rule.field(), "afterMillis", rule.afterMillis(), "sliding", rule.sliding());
    }

    private static Map<String, Object> shown(IndexDefinition index) {
        List<String> parts =
                index.parts().stream().map(JsonSnapshotWriter::shown).toList();
        Map<String, Object> shown = fields("name", index.name(), "fields", parts, "unique", index.unique());
        if (index.filter() != null) {
            shown.put("filter", index.filter().toString());
        }
        return shown;
    }

    private static String shown(IndexDefinition.Part part) {
        return part.field()
                + (part.direction() == Direction.DESCENDING ? " descending" : "")
                + (part.caseInsensitive() ? " ignoring case" : "")
                + switch (part.kind()) {
                    case VALUE -> "";
                    case EACH_ELEMENT -> " each element";
                    case PLACE -> " place";
                    case WORDS -> " words";
                };
    }

    @Override
    public void document(Object id, long revision, RecordExpiry expiry, Object content) throws IOException {
        documents++;
        if (!(content instanceof DocumentValue document)) {
            throw new IllegalArgumentException("Only stored documents are written, not a " + content.getClass());
        }
        Map<String, Object> line = fields("id", id, "revision", revision);
        putExpiry(line, expiry);
        lines.write(line, "document", document);
    }

    @Override
    public void entry(byte[] key, RecordExpiry expiry, byte[] value) throws IOException {
        entries++;
        Map<String, Object> line = fields("key", base64(key), "value", base64(value));
        putExpiry(line, expiry);
        lines.write(line);
    }

    private static void putExpiry(Map<String, Object> line, RecordExpiry expiry) {
        if (!expiry.isNever()) {
            line.put("expires", text(expiry.millis()));
        }
        if (expiry.isSliding()) {
            line.put("slidingMillis", expiry.slidingMillis());
        }
    }

    @Override
    public void end() throws IOException {
        lines.flush();
        target.crc.update('\n'); // It is written only before the next line.
        String checksum = Long.toHexString(target.crc.getValue());
        line(
                "end",
                fields(
                        "sequences",
                        sequences,
                        "parts",
                        parts,
                        "documents",
                        documents,
                        "entries",
                        entries,
                        "checksum",
                        checksum));
        lines.finish();
    }

    private void line(String name, Map<String, Object> content) throws IOException {
        lines.write(fields(name, content));
    }

    private static String base64(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }

    private static Map<String, Object> fields(Object... namesAndValues) {
        Map<String, Object> fields = new LinkedHashMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            fields.put((String) namesAndValues[i], namesAndValues[i + 1]);
        }
        return fields;
    }

    private static final class ChecksummedOutput extends FilterOutputStream {

        private final CRC32C crc = new CRC32C();

        ChecksummedOutput(OutputStream target) {
            super(target);
        }

        @Override
        public void write(int value) throws IOException {
            out.write(value);
            crc.update(value);
        }

        @Override
        public void write(byte[] source, int offset, int length) throws IOException {
            out.write(source, offset, length);
            crc.update(source, offset, length);
        }
    }
}
