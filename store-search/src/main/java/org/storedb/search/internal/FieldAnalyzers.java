package org.storedb.search.internal;

import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.analysis.AnalyzerWrapper;
import org.apache.lucene.analysis.miscellaneous.LengthFilter;
import org.storedb.search.definition.TextField;
import org.storedb.search.definition.TextIndexDefinition;

/** The analyzer of each field. Words that are too long for an index are dropped. Safe for use by many threads. */
public final class FieldAnalyzers extends AnalyzerWrapper {

    /** Far below Lucene's limit of 32,766 bytes: a word that Lucene rejects would exclude the whole document. */
    private static final int WORD_CHARS_MAX = 1_000;

    /** The gap between words in different values of an array, so that no phrase matches across them. */
    private static final int VALUE_GAP = 1_000;

    private final Map<String, Analyzer> analyzers = new LinkedHashMap<>();

    public FieldAnalyzers(TextIndexDefinition definition) {
        super(PER_FIELD_REUSE_STRATEGY);
        for (TextField field : definition.fields()) {
            analyzers.put(LuceneDocuments.textField(field), field.analyzer().open());
        }
    }

    @Override
    protected Analyzer getWrappedAnalyzer(String fieldName) {
        Analyzer analyzer = analyzers.get(fieldName);
        if (analyzer == null) {
            throw new IllegalStateException("There is no text field " + fieldName + ", only " + analyzers.keySet());
        }
        return analyzer;
    }

    @Override
    protected TokenStreamComponents wrapComponents(String fieldName, TokenStreamComponents components) {
        return new TokenStreamComponents(
                components.getSource(), new LengthFilter(components.getTokenStream(), 0, WORD_CHARS_MAX));
    }

    @Override
    public int getPositionIncrementGap(String fieldName) {
        return VALUE_GAP;
    }

    @Override
    public void close() {
        super.close();
        analyzers.values().forEach(Analyzer::close);
    }
}
