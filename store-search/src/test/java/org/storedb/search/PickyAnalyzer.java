package org.storedb.search;

import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.analysis.FilteringTokenFilter;
import org.apache.lucene.analysis.core.WhitespaceTokenizer;
import org.apache.lucene.analysis.tokenattributes.CharTermAttribute;

/** Fails on the word "fail". */
final class PickyAnalyzer extends Analyzer {

    @Override
    protected TokenStreamComponents createComponents(String fieldName) {
        WhitespaceTokenizer tokenizer = new WhitespaceTokenizer();
        return new TokenStreamComponents(tokenizer, new FilteringTokenFilter(tokenizer) {

            private final CharTermAttribute word = addAttribute(CharTermAttribute.class);

            @Override
            protected boolean accept() {
                if (word.toString().equals("fail")) {
                    throw new IllegalArgumentException("as it was told");
                }
                return true;
            }
        });
    }
}
