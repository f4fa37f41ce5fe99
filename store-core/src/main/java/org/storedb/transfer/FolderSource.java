package org.storedb.transfer;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.storedb.internal.io.ProgressMeter;
import org.storedb.internal.io.UserFiles;
import org.storedb.internal.json.JsonArraySource;
import org.storedb.internal.json.JsonDocument;
import org.storedb.internal.json.JsonDocumentSource;
import org.storedb.internal.json.MalformedJsonException;

/** The documents in the files of a folder, with the files' names as ids. */
final class FolderSource implements JsonDocumentSource {

    private final Path folder;
    private final JsonImport.ImportSettings settings;
    private final ProgressMeter meter;
    private final List<String> names;
    private int position;

    FolderSource(Path folder, JsonImport.ImportSettings settings, ProgressMeter meter) throws IOException {
        this.folder = folder;
        this.settings = settings;
        this.meter = meter;
        this.names = UserFiles.names(folder).stream()
                .filter(name -> name.endsWith(FileNames.JSON) && !name.startsWith("."))
                .toList();
        meter.begin("importing the files of " + FileNames.last(folder), names.size());
    }

    @Override
    public @Nullable JsonDocument next() throws IOException {
        if (position == names.size()) {
            return null;
        }
        String name = names.get(position++);
        meter.advance(1);
        String id = FileNames.decode(name.substring(0, name.length() - FileNames.JSON.length()));
        if (id == null) {
            return rejected(name, "the file's name is not percent-encoded UTF-8; write a % as %25");
        }
        return named(name, id, read(name));
    }

    private JsonDocument read(String name) throws IOException {
        Path file = folder.resolve(name);
        if (UserFiles.size(file) > settings.documentTextBytesMax) {
            return rejected(
                    name,
                    "the file is larger than the " + settings.documentTextBytesMax
                            + " bytes that are allowed, see withDocumentTextBytesMax");
        }
        try (InputStream text = UserFiles.read(file)) {
            JsonDocument document = JsonArraySource.single(name, text, settings.types == JsonTypes.EXACT)
                    .next();
            return document == null ? rejected(name, "it is empty") : document;
        } catch (MalformedJsonException e) {
            return new JsonDocument(name, e.line(), 0, null, e.getMessage());
        }
    }

    private JsonDocument named(String name, String id, JsonDocument document) {
        Map<String, @Nullable Object> fields = document.fields();
        if (fields == null) {
            return document;
        }
        Object own = fields.get(settings.idField);
        if (own == null) {
            fields.put(settings.idField, id);
        } else if (!own.toString().equals(id)) {
            return rejected(
                    name,
                    "the document's id is '" + own + "', but its file is named after '" + id + "'; rename the file");
        }
        return document;
    }

    private static JsonDocument rejected(String name, String problem) {
        return new JsonDocument(name, 1, 0, null, problem);
    }
}
