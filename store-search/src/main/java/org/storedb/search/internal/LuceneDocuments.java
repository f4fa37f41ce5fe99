package org.storedb.search.internal;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.Field;
import org.apache.lucene.document.NumericDocValuesField;
import org.apache.lucene.document.SortedDocValuesField;
import org.apache.lucene.document.StringField;
import org.apache.lucene.document.TextField;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.Term;
import org.apache.lucene.util.BytesRef;
import org.jspecify.annotations.Nullable;
import org.storedb.search.definition.TextIndexDefinition;

/**
 * The Lucene form of documents: one for each document of the collection, even for those without text. The text itself
 * is not stored.
 *
 * <pre>
 * id         the id, as a term, and for sorting: ids that are numbers, by number, before those that are strings
 * revision   of the document
 * text.PATH  the words of a field
 * </pre>
 */
final class LuceneDocuments {

    static final String ID = "id";
    static final String REVISION = "revision";

    private static final String TEXT = "text.";
    private static final byte NUMBER = 1;
    private static final byte STRING = 2;

    private LuceneDocuments() {}

    static String textField(org.storedb.search.definition.TextField field) {
        return textField(field.path());
    }

    static String textField(String path) {
        return TEXT + path;
    }

    /** Returns the document with the id that {@code term} encodes. */
    static Document of(TextIndexDefinition definition, Term term, DocumentTexts texts) {
        Document document = withoutText(term, texts.revision());
        for (int field = 0; field < texts.values().size(); field++) {
            String name = textField(definition.fields().get(field));
            List<String> values = texts.values().get(field);
            values.forEach(value -> document.add(new TextField(name, value, Field.Store.NO)));
        }
        return document;
    }

    static Document withoutText(Term term, long revision) {
        Document document = new Document();
        document.add(new StringField(ID, term.bytes(), Field.Store.NO));
        document.add(new SortedDocValuesField(ID, term.bytes()));
        document.add(new NumericDocValuesField(REVISION, revision));
        return document;
    }

    /** Returns whether an index can have a document with this id. */
    static boolean isIndexable(Object id) {
        return term(id) != null;
    }

    /** Returns the term that encodes an id; {@code null} if it is too long: a term is limited, even if keys are not. */
    static @Nullable Term term(Object id) {
        BytesRef key = key(id);
        return key.length <= IndexWriter.MAX_TERM_LENGTH ? new Term(ID, key) : null;
    }

    static BytesRef key(Object id) {
        if (id instanceof Long number) {
            return new BytesRef(ByteBuffer.allocate(1 + Long.BYTES)
                    .put(NUMBER)
                    .putLong(number ^ Long.MIN_VALUE)
                    .array());
        }
        byte[] text = ((String) id).getBytes(StandardCharsets.UTF_8);
        return new BytesRef(
                ByteBuffer.allocate(1 + text.length).put(STRING).put(text).array());
    }

    /** Returns the id that a key encodes: a {@code String} or a {@code Long}. */
    static Object id(BytesRef key) {
        ByteBuffer bytes = ByteBuffer.wrap(key.bytes, key.offset, key.length);
        return bytes.get() == NUMBER
                ? (Object) (bytes.getLong() ^ Long.MIN_VALUE)
                : StandardCharsets.UTF_8.decode(bytes).toString();
    }
}
