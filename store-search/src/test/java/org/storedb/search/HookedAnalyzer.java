package org.storedb.search;

import java.io.Reader;
import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.analysis.core.WhitespaceTokenizer;

/** Divides text at blanks, and runs a hook before each text. */
public final class HookedAnalyzer extends Analyzer {

    private final Runnable hook;

    public HookedAnalyzer(Runnable hook) {
        this.hook = hook;
    }

    @Override
    protected Reader initReader(String fieldName, Reader reader) {
        hook.run();
        return reader;
    }

    @Override
    protected TokenStreamComponents createComponents(String fieldName) {
        return new TokenStreamComponents(new WhitespaceTokenizer());
    }
}
