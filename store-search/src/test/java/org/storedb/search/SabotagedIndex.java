package org.storedb.search;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Map;
import org.apache.lucene.analysis.standard.StandardAnalyzer;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.Field;
import org.apache.lucene.document.NumericDocValuesField;
import org.apache.lucene.document.SortedDocValuesField;
import org.apache.lucene.document.StringField;
import org.apache.lucene.document.TextField;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.index.Term;
import org.apache.lucene.store.FSDirectory;
import org.apache.lucene.util.BytesRef;

/** Makes an index of twenty notes wrong, in each way that it can be, as a bug would. */
final class SabotagedIndex {

    private SabotagedIndex() {}

    static void change(Path folder) throws IOException {
        try (FSDirectory directory = FSDirectory.open(folder);
                IndexWriter writer = new IndexWriter(directory, new IndexWriterConfig(new StandardAnalyzer()))) {
            Iterable<Map.Entry<String, String>> data = writer.getLiveCommitData();
            writer.deleteDocuments(new Term("id", key(3)));
            writer.updateDocument(new Term("id", key(4)), document(4, 77, text(4)));
            writer.updateDocument(new Term("id", key(5)), document(5, 0, "note number5"));
            writer.addDocument(document(6, 0, text(6)));
            writer.addDocument(document(100, 0, "note nobody has"));
            writer.setLiveCommitData(data);
            writer.commit();
        }
    }

    private static String text(long id) {
        return "note number" + id + " " + "filler ".repeat(10);
    }

    private static Document document(long id, long revision, String text) {
        Document document = new Document();
        document.add(new StringField("id", key(id), Field.Store.NO));
        document.add(new SortedDocValuesField("id", key(id)));
        document.add(new NumericDocValuesField("revision", revision));
        document.add(new TextField("text.text", text, Field.Store.NO));
        return document;
    }

    private static BytesRef key(long id) {
        return new BytesRef(ByteBuffer.allocate(9)
                .put((byte) 1)
                .putLong(id ^ Long.MIN_VALUE)
                .array());
    }
}
