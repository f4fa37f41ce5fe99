package org.storedb.spring.data.search;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.InvalidDataAccessApiUsageException;
import org.storedb.search.query.Highlighting;
import org.storedb.search.query.TextQuery;

/** Translator of text queries from the properties of entities to the fields of their documents. */
final class TextQueryMapper {

    private final EntityText text;

    TextQueryMapper(EntityText text) {
        this.text = text;
    }

    /**
     * Returns the query with stored names.
     *
     * @throws InvalidDataAccessApiUsageException if it names a property without text
     */
    TextQuery toStored(TextQuery query) {
        if (query instanceof TextQuery.Words words) {
            return new TextQuery.Words(words.text(), words.matching(), paths(words.fields()));
        }
        if (query instanceof TextQuery.Phrase phrase) {
            return new TextQuery.Phrase(phrase.text(), phrase.slop(), paths(phrase.fields()));
        }
        if (query instanceof TextQuery.Prefix prefix) {
            return new TextQuery.Prefix(prefix.prefix(), paths(prefix.fields()));
        }
        if (query instanceof TextQuery.Fuzzy fuzzy) {
            return new TextQuery.Fuzzy(fuzzy.word(), fuzzy.edits(), paths(fuzzy.fields()));
        }
        if (query instanceof TextQuery.All all) {
            return new TextQuery.All(all.queries().stream().map(this::toStored).toList());
        }
        if (query instanceof TextQuery.Any any) {
            return new TextQuery.Any(any.queries().stream().map(this::toStored).toList());
        }
        if (query instanceof TextQuery.Not not) {
            return new TextQuery.Not(toStored(not.query()));
        }
        if (query instanceof TextQuery.Boosted boosted) {
            return new TextQuery.Boosted(toStored(boosted.query()), boosted.factor());
        }
        return query;
    }

    /** Returns the highlighting with stored names. */
    @Nullable
    Highlighting toStored(@Nullable Highlighting highlighting) {
        return highlighting == null
                ? null
                : new Highlighting(
                        paths(highlighting.fields()), highlighting.passagesMax(), highlighting.passageChars());
    }

    private List<String> paths(List<String> properties) {
        return properties.stream().map(this::path).toList();
    }

    private String path(String property) {
        String path = text.path(property);
        if (path == null) {
            throw new InvalidDataAccessApiUsageException(
                    "'%s' is not a property with @TextIndexed in the collection %s; these are %s"
                            .formatted(
                                    property, text.collection(), text.fields().keySet()));
        }
        return path;
    }
}
