package org.storedb.search.definition;

import java.util.function.Supplier;
import org.apache.lucene.analysis.Analyzer;
import org.jspecify.annotations.Nullable;

/**
 * How text becomes the words that are looked for; the same for what is stored and for what is asked. Immutable.
 *
 * <p>A word of more than 1,000 characters is not looked for.
 */
public final class TextAnalyzer {

    private final String name;
    private final Kind kind;
    private final @Nullable Language language;
    private final @Nullable Supplier<Analyzer> custom;

    private TextAnalyzer(String name, Kind kind, @Nullable Language language, @Nullable Supplier<Analyzer> custom) {
        this.name = name;
        this.kind = kind;
        this.language = language;
        this.custom = custom;
    }

    /** Words as Unicode divides text, in lower case: for names, and for text in any language. */
    public static TextAnalyzer words() {
        return new TextAnalyzer("words", Kind.WORDS, null, null);
    }

    /** {@link #words()} without accents: "Malaga" finds "Málaga", "Strasse" finds "Straße". */
    public static TextAnalyzer wordsWithoutAccents() {
        return new TextAnalyzer("words-without-accents", Kind.WORDS_WITHOUT_ACCENTS, null, null);
    }

    /** The words of a language, by their stems. */
    public static TextAnalyzer language(Language language) {
        return new TextAnalyzer("language-" + language, Kind.WORDS, language, null);
    }

    /** The whole string as one word, in lower case: for codes and names that are asked for as a whole. */
    public static TextAnalyzer wholeString() {
        return new TextAnalyzer("whole-string", Kind.WHOLE_STRING, null, null);
    }

    /**
     * An analyzer of the application's own.
     *
     * @param name to be changed whenever the analyzer makes other words of a text: the index is then built anew
     * @param analyzers gives an analyzer each time that an index is opened, which closes it
     */
    public static TextAnalyzer custom(String name, Supplier<Analyzer> analyzers) {
        return new TextAnalyzer("custom-" + name, Kind.WORDS, null, analyzers);
    }

    /** Tells analyzers apart that make different words. */
    public String name() {
        return name;
    }

    /** A new Lucene analyzer, which the caller closes. */
    public Analyzer open() {
        if (custom != null) {
            return custom.get();
        }
        return language != null ? Analyzers.of(language) : Analyzers.of(kind);
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

    /** What becomes of text, apart from languages and analyzers of the application's own. */
    enum Kind {
        WORDS,
        WORDS_WITHOUT_ACCENTS,
        WHOLE_STRING
    }
}
