package org.storedb.search.internal;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.storedb.document.DocumentCodec;
import org.storedb.document.DocumentValue;
import org.storedb.document.DocumentWriter;
import org.storedb.document.ValueType;
import org.storedb.search.definition.TextField;
import org.storedb.search.definition.TextIndexDefinition;

/** Reads only the text of documents. Safe for use by many threads. */
public final class DocumentTextCodec implements DocumentCodec<DocumentTexts> {

    private final List<List<String>> paths;

    public DocumentTextCodec(TextIndexDefinition definition) {
        this.paths = definition.fields().stream()
                .map(TextField::path)
                .map(path -> List.of(path.split("\\.", -1)))
                .toList();
    }

    @Override
    public DocumentTexts read(DocumentValue document, long revision) {
        List<List<String>> values = new ArrayList<>();
        for (List<String> path : paths) {
            List<String> strings = new ArrayList<>();
            collect(document, path, 0, strings);
            values.add(strings);
        }
        return new DocumentTexts(revision, values);
    }

    private static void collect(DocumentValue value, List<String> path, int depth, List<String> strings) {
        if (value.type() == ValueType.ARRAY) {
            value.forEachElement(element -> collect(element, path, depth, strings));
        } else if (depth == path.size()) {
            if (value.type() == ValueType.STRING) {
                strings.add(value.asString());
            }
        } else if (value.type() == ValueType.OBJECT) {
            DocumentValue field = value.field(path.get(depth));
            if (field != null) {
                collect(field, path, depth + 1, strings);
            }
        }
    }

    @Override
    public @Nullable Object id(DocumentTexts texts) {
        throw readOnly();
    }

    @Override
    public void write(DocumentTexts texts, Object id, DocumentWriter writer) {
        throw readOnly();
    }

    @Override
    public DocumentTexts stored(DocumentTexts texts, Object id, long revision) {
        throw readOnly();
    }

    private static UnsupportedOperationException readOnly() {
        return new UnsupportedOperationException("The text of documents is read-only");
    }
}
