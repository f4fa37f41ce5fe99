package org.storedb.search.definition;

import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.analysis.LowerCaseFilter;
import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.Tokenizer;
import org.apache.lucene.analysis.ar.ArabicAnalyzer;
import org.apache.lucene.analysis.bg.BulgarianAnalyzer;
import org.apache.lucene.analysis.bn.BengaliAnalyzer;
import org.apache.lucene.analysis.br.BrazilianAnalyzer;
import org.apache.lucene.analysis.ca.CatalanAnalyzer;
import org.apache.lucene.analysis.cjk.CJKAnalyzer;
import org.apache.lucene.analysis.ckb.SoraniAnalyzer;
import org.apache.lucene.analysis.core.KeywordTokenizer;
import org.apache.lucene.analysis.cz.CzechAnalyzer;
import org.apache.lucene.analysis.da.DanishAnalyzer;
import org.apache.lucene.analysis.de.GermanAnalyzer;
import org.apache.lucene.analysis.el.GreekAnalyzer;
import org.apache.lucene.analysis.en.EnglishAnalyzer;
import org.apache.lucene.analysis.es.SpanishAnalyzer;
import org.apache.lucene.analysis.et.EstonianAnalyzer;
import org.apache.lucene.analysis.eu.BasqueAnalyzer;
import org.apache.lucene.analysis.fa.PersianAnalyzer;
import org.apache.lucene.analysis.fi.FinnishAnalyzer;
import org.apache.lucene.analysis.fr.FrenchAnalyzer;
import org.apache.lucene.analysis.ga.IrishAnalyzer;
import org.apache.lucene.analysis.gl.GalicianAnalyzer;
import org.apache.lucene.analysis.hi.HindiAnalyzer;
import org.apache.lucene.analysis.hu.HungarianAnalyzer;
import org.apache.lucene.analysis.hy.ArmenianAnalyzer;
import org.apache.lucene.analysis.id.IndonesianAnalyzer;
import org.apache.lucene.analysis.it.ItalianAnalyzer;
import org.apache.lucene.analysis.lt.LithuanianAnalyzer;
import org.apache.lucene.analysis.lv.LatvianAnalyzer;
import org.apache.lucene.analysis.miscellaneous.ASCIIFoldingFilter;
import org.apache.lucene.analysis.ne.NepaliAnalyzer;
import org.apache.lucene.analysis.nl.DutchAnalyzer;
import org.apache.lucene.analysis.no.NorwegianAnalyzer;
import org.apache.lucene.analysis.pt.PortugueseAnalyzer;
import org.apache.lucene.analysis.ro.RomanianAnalyzer;
import org.apache.lucene.analysis.ru.RussianAnalyzer;
import org.apache.lucene.analysis.sr.SerbianAnalyzer;
import org.apache.lucene.analysis.standard.StandardTokenizer;
import org.apache.lucene.analysis.sv.SwedishAnalyzer;
import org.apache.lucene.analysis.ta.TamilAnalyzer;
import org.apache.lucene.analysis.te.TeluguAnalyzer;
import org.apache.lucene.analysis.th.ThaiAnalyzer;
import org.apache.lucene.analysis.tr.TurkishAnalyzer;

/**
 * Lucene's analyzers. Separate from {@link TextAnalyzer}, so that a missing library is detected when an index is
 * opened.
 */
final class Analyzers {

    private Analyzers() {}

    static Analyzer of(TextAnalyzer.Kind kind) {
        return switch (kind) {
            case WORDS -> new Words(false);
            case WORDS_WITHOUT_ACCENTS -> new Words(true);
            case WHOLE_STRING -> new WholeString();
        };
    }

    static Analyzer of(Language language) {
        return switch (language) {
            case ARABIC -> new ArabicAnalyzer();
            case ARMENIAN -> new ArmenianAnalyzer();
            case BASQUE -> new BasqueAnalyzer();
            case BENGALI -> new BengaliAnalyzer();
            case BRAZILIAN_PORTUGUESE -> new BrazilianAnalyzer();
            case BULGARIAN -> new BulgarianAnalyzer();
            case CATALAN -> new CatalanAnalyzer();
            case CJK -> new CJKAnalyzer();
            case CZECH -> new CzechAnalyzer();
            case DANISH -> new DanishAnalyzer();
            case DUTCH -> new DutchAnalyzer();
            case ENGLISH -> new EnglishAnalyzer();
            case ESTONIAN -> new EstonianAnalyzer();
            case FINNISH -> new FinnishAnalyzer();
            case FRENCH -> new FrenchAnalyzer();
            case GALICIAN -> new GalicianAnalyzer();
            case GERMAN -> new GermanAnalyzer();
            case GREEK -> new GreekAnalyzer();
            case HINDI -> new HindiAnalyzer();
            case HUNGARIAN -> new HungarianAnalyzer();
            case INDONESIAN -> new IndonesianAnalyzer();
            case IRISH -> new IrishAnalyzer();
            case ITALIAN -> new ItalianAnalyzer();
            case LATVIAN -> new LatvianAnalyzer();
            case LITHUANIAN -> new LithuanianAnalyzer();
            case NEPALI -> new NepaliAnalyzer();
            case NORWEGIAN -> new NorwegianAnalyzer();
            case PERSIAN -> new PersianAnalyzer();
            case PORTUGUESE -> new PortugueseAnalyzer();
            case ROMANIAN -> new RomanianAnalyzer();
            case RUSSIAN -> new RussianAnalyzer();
            case SERBIAN -> new SerbianAnalyzer();
            case SORANI -> new SoraniAnalyzer();
            case SPANISH -> new SpanishAnalyzer();
            case SWEDISH -> new SwedishAnalyzer();
            case TAMIL -> new TamilAnalyzer();
            case TELUGU -> new TeluguAnalyzer();
            case THAI -> new ThaiAnalyzer();
            case TURKISH -> new TurkishAnalyzer();
        };
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
