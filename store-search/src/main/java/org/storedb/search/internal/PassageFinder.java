package org.storedb.search.internal;

import java.io.IOException;
import java.text.BreakIterator;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.uhighlight.LengthGoalBreakIterator;
import org.apache.lucene.search.uhighlight.PassageFormatter;
import org.apache.lucene.search.uhighlight.UnifiedHighlighter;
import org.apache.lucene.search.uhighlight.WholeBreakIterator;
import org.jspecify.annotations.Nullable;
import org.storedb.search.definition.TextField;
import org.storedb.search.definition.TextIndexDefinition;
import org.storedb.search.query.Highlighting;
import org.storedb.search.query.Passage;
import org.storedb.search.query.Passage.Range;

/** Finds the matching passages of a document that a query has found, by analyzing its text again. Not thread-safe. */
public final class PassageFinder {

    private static final int LOOKED_AT_CHARS_MAX = 1_000_000;

    private final TextIndexDefinition definition;
    private final List<TextField> fields;
    private final int passagesMax;
    private final Query query;
    private final UnifiedHighlighter highlighter;

    /**
     * Creates a finder.
     *
     * @throws org.storedb.error.InvalidQueryException if the index has no such field
     */
    public PassageFinder(
            TextIndexDefinition definition,
            QueryTranslator translator,
            FieldAnalyzers analyzer,
            Highlighting highlighting,
            Query query) {
        this.definition = definition;
        this.fields = highlighting.fields().isEmpty()
                ? definition.fields()
                : highlighting.fields().stream().map(translator::field).toList();
        this.passagesMax = Math.min(highlighting.passagesMax(), LOOKED_AT_CHARS_MAX); // Lucene adds 1 to it.
        this.query = query;
        this.highlighter = UnifiedHighlighter.builderWithoutSearcher(analyzer)
                .withFormatter(new Formatter())
                .withBreakIterator(breaks(highlighting.passageChars()))
                .withMaxLength(LOOKED_AT_CHARS_MAX)
                .withMaxNoHighlightPassages(0)
                .withWeightMatches(false) // Otherwise a field shows nothing if other words are in other fields.
                .build();
    }

    private static Supplier<BreakIterator> breaks(int chars) {
        return chars == 0
                ? WholeBreakIterator::new
                : () -> LengthGoalBreakIterator.createClosestToLength(
                        BreakIterator.getSentenceInstance(Locale.ROOT), chars, 0.5f);
    }

    /** Returns the passages of a document: field by field, the best of each, in the order of the text. */
    public List<Passage> find(DocumentTexts texts) throws IOException {
        List<Passage> passages = new ArrayList<>();
        for (TextField field : fields) {
            List<String> values = texts.values().get(definition.fields().indexOf(field));
            List<Scored> found = new ArrayList<>();
            for (String value : values) {
                Object scored = value.isEmpty()
                        ? null
                        : highlighter.highlightWithoutSearcher(
                                LuceneDocuments.textField(field), query, value, passagesMax);
                if (scored instanceof Found inValue) {
                    found.addAll(inValue.passages());
                }
            }
            Set<Scored> best = found.stream()
                    .sorted(Comparator.comparingDouble(Scored::score).reversed())
                    .limit(passagesMax)
                    .collect(Collectors.toSet());
            found.stream()
                    .filter(best::contains)
                    .map(scored -> new Passage(field.path(), scored.text(), scored.matches()))
                    .forEach(passages::add);
        }
        return passages;
    }

    private record Scored(String text, List<Range> matches, double score) {

        /** Compares by identity, since each passage is distinct even if another has the same text. */
        @Override
        public boolean equals(@Nullable Object other) {
            return this == other;
        }

        @Override
        public int hashCode() {
            return System.identityHashCode(this);
        }
    }

    private record Found(List<Scored> passages) {}

    private static final class Formatter extends PassageFormatter {

        @Override
        public Object format(org.apache.lucene.search.uhighlight.Passage[] passages, String content) {
            List<Scored> scored = new ArrayList<>();
            for (org.apache.lucene.search.uhighlight.Passage passage : passages) {
                if (passage.getNumMatches() > 0) {
                    scored.add(scored(passage, content));
                }
            }
            return new Found(scored);
        }

        private static Scored scored(org.apache.lucene.search.uhighlight.Passage passage, String content) {
            int start = passage.getStartOffset();
            int end = passage.getEndOffset();
            while (start < end && Character.isWhitespace(content.charAt(start))) {
                start++;
            }
            while (start < end && Character.isWhitespace(content.charAt(end - 1))) {
                end--;
            }
            List<Range> matches = new ArrayList<>();
            for (int i = 0; i < passage.getNumMatches(); i++) {
                int from = Math.max(start, passage.getMatchStarts()[i]);
                int to = Math.min(end, passage.getMatchEnds()[i]);
                if (from < to) {
                    add(matches, new Range(from - start, to - start));
                }
            }
            return new Scored(content.substring(start, end), matches, passage.getScore());
        }

        /**
         * Adds a match. Matches are added in the order of their starts; one that overlaps the last is merged into it.
         */
        private static void add(List<Range> matches, Range next) {
            Range last = matches.isEmpty() ? null : matches.get(matches.size() - 1);
            if (last != null && next.from() < last.to()) {
                matches.set(matches.size() - 1, new Range(last.from(), Math.max(last.to(), next.to())));
            } else {
                matches.add(next);
            }
        }
    }
}
