package org.storedb.search.definition;

import java.util.function.Supplier;
import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.analysis.LowerCaseFilter;
import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.Tokenizer;
import org.apache.lucene.analysis.core.KeywordTokenizer;
import org.apache.lucene.analysis.miscellaneous.ASCIIFoldingFilter;
import org.apache.lucene.analysis.standard.StandardTokenizer;
import org.jspecify.annotations.Nullable;

/**
 * How text becomes the words that are looked for; the same for what is stored and for what is asked. Immutable.
 *
 * <p>A word of more than 1,000 characters is not looked for.
 */
public final class TextAnalyzer {

    private final String name;
    private final Supplier<Analyzer> analyzers;

    private TextAnalyzer(String name, Supplier<Analyzer> analyzers) {
        this.name = name;
        this.analyzers = analyzers;
    }

    /** Words as Unicode divides text, in lower case: for names, and for text in any language. */
    public static TextAnalyzer words() {
        return new TextAnalyzer("words", () -> new Words(false));
    }

    /** {@link #words()} without accents: "Malaga" finds "Málaga", "Strasse" finds "Straße". */
    public static TextAnalyzer wordsWithoutAccents() {
        return new TextAnalyzer("words-without-accents", () -> new Words(true));
    }

    /** The words of a language, by their stems. */
    public static TextAnalyzer language(Language language) {
        return new TextAnalyzer("language-" + language, language.analyzers());
    }

    /** The whole string as one word, in lower case: for codes and names that are asked for as a whole. */
    public static TextAnalyzer wholeString() {
        return new TextAnalyzer("whole-string", WholeString::new);
    }

    /**
     * An analyzer of the application's own.
     *
     * @param name to be changed whenever the analyzer makes other words of a text: the index is then built anew
     * @param analyzers gives an analyzer each time that an index is opened, which closes it
     */
    public static TextAnalyzer custom(String name, Supplier<Analyzer> analyzers) {
        return new TextAnalyzer("custom-" + name, analyzers);
    }

    /** Tells analyzers apart that make different words. */
    public String name() {
        return name;
    }

    /** A new Lucene analyzer, which the caller closes. */
    public Analyzer open() {
        return analyzers.get();
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof TextAnalyzer analyzer && analyzer.name.equals(name);
    }

    @Override
    public int hashCode() {
        return name.hashCode();
    }

    @Override
    public String toString() {
        return name;
    }

    private static final class Words extends Analyzer {

        private final boolean withoutAccents;

        Words(boolean withoutAccents) {
            this.withoutAccents = withoutAccents;
        }

        @Override
        protected TokenStreamComponents createComponents(String fieldName) {
            Tokenizer tokenizer = new StandardTokenizer();
            return new TokenStreamComponents(tokenizer, normalize(fieldName, tokenizer));
        }

        @Override
        protected TokenStream normalize(String fieldName, TokenStream input) {
            TokenStream lower = new LowerCaseFilter(input);
            return withoutAccents ? new ASCIIFoldingFilter(lower) : lower;
        }
    }

    private static final class WholeString extends Analyzer {

        @Override
        protected TokenStreamComponents createComponents(String fieldName) {
            Tokenizer tokenizer = new KeywordTokenizer();
            return new TokenStreamComponents(tokenizer, normalize(fieldName, tokenizer));
        }

        @Override
        protected TokenStream normalize(String fieldName, TokenStream input) {
            return new LowerCaseFilter(input);
        }
    }
}
