package org.storedb.search.definition;

/**
 * A language with stop words and stemming: stop words are left out, the others are reduced to their stems, so that
 * "harbours" finds "harbour".
 */
public enum Language {
    ARABIC,
    ARMENIAN,
    BASQUE,
    BENGALI,
    BRAZILIAN_PORTUGUESE,
    BULGARIAN,
    CATALAN,
    /** Chinese, Japanese and Korean, as pairs of characters. */
    CJK,
    CZECH,
    DANISH,
    DUTCH,
    ENGLISH,
    ESTONIAN,
    FINNISH,
    FRENCH,
    GALICIAN,
    GERMAN,
    GREEK,
    HINDI,
    HUNGARIAN,
    INDONESIAN,
    IRISH,
    ITALIAN,
    LATVIAN,
    LITHUANIAN,
    NEPALI,
    NORWEGIAN,
    PERSIAN,
    PORTUGUESE,
    ROMANIAN,
    RUSSIAN,
    SERBIAN,
    SORANI,
    SPANISH,
    SWEDISH,
    TAMIL,
    TELUGU,
    /** Needs a Java runtime that can segment Thai words, which is checked when the first text is read. */
    THAI,
    TURKISH
}
