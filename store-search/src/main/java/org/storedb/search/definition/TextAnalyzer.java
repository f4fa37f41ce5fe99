package org.storedb.search.definition;

import java.util.function.Supplier;
import org.apache.lucene.analysis.Analyzer;
import org.jspecify.annotations.Nullable;

/**
 * How text is turned into searchable words; the same for documents and queries. Immutable.
 *
 * <p>Words of more than 1,000 characters are ignored.
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

    /**
     * Returns an analyzer for words as segmented by Unicode, in lower case: for names, and for text in any language.
     */
    public static TextAnalyzer words() {
        return new TextAnalyzer("words", Kind.WORDS, null, null);
    }

    /** Returns {@link #words()} without accents: "Malaga" finds "Málaga", "Strasse" finds "Straße". */
    public static TextAnalyzer wordsWithoutAccents() {
        return new TextAnalyzer("words-without-accents", Kind.WORDS_WITHOUT_ACCENTS, null, null);
    }

    /** Returns an analyzer for the words of a language, by their stems. */
    public static TextAnalyzer language(Language language) {
        return new TextAnalyzer("language-" + language, Kind.WORDS, language, null);
    }

    /**
     * Returns an analyzer that takes the whole string as one word, in lower case: for codes and names that are searched
     * as a whole.
     */
    public static TextAnalyzer wholeString() {
        return new TextAnalyzer("whole-string", Kind.WHOLE_STRING, null, null);
    }

    /**
     * Returns a custom analyzer of the application.
     *
     * @param name must change whenever the analyzer produces different words: the index is then rebuilt
     * @param analyzers provides an analyzer each time an index is opened, which also closes it
     */
    public static TextAnalyzer custom(String name, Supplier<Analyzer> analyzers) {
        return new TextAnalyzer("custom-" + name, Kind.WORDS, null, analyzers);
    }

    /** Returns a name that distinguishes analyzers that produce different words. */
    public String name() {
        return name;
    }

    /** Returns a new Lucene analyzer, which the caller closes. */
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

    /** How text is processed, except for languages and custom analyzers. */
    enum Kind {
        WORDS,
        WORDS_WITHOUT_ACCENTS,
        WHOLE_STRING
    }
}
