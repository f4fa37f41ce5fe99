package org.storedb.spring.data.core.mapping;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.data.mapping.MappingException;
import org.storedb.error.InvalidQueryException;
import org.storedb.query.Filter;
import org.storedb.query.text.ParsedQuery;
import org.storedb.query.text.QueryText;

/** Parser of the text in annotations of indexes. */
final class IndexText {

    private static final Pattern FIELD = Pattern.compile(
            "(?<path>\\S+)(?<nocase>\\s+ignoring\\s+case)?(?:\\s+(?<direction>asc|desc))?", Pattern.CASE_INSENSITIVE);

    private IndexText() {}

    /** One property of an index. */
    record Field(String path, boolean ignoreCase, boolean descending) {}

    static Field field(Class<?> entity, String text) {
        Matcher matcher = FIELD.matcher(text.trim());
        if (!matcher.matches()) {
            throw new MappingException(
                    "@CompoundIndex on %s has the field '%s', but a field is a property, optionally followed by 'ignoring case' and 'desc'"
                            .formatted(entity.getName(), text));
        }
        return new Field(
                matcher.group("path"),
                matcher.group("nocase") != null,
                "desc".equalsIgnoreCase(matcher.group("direction")));
    }

    /** Returns the condition in a text, with the names of properties; {@code null} if the text is empty. */
    static @Nullable Filter condition(Class<?> entity, String text) {
        if (text.isBlank()) {
            return null;
        }
        try {
            ParsedQuery query = QueryText.parse("find entities where " + text);
            if (!query.parameters().isEmpty()) {
                throw new MappingException(
                        "An index on %s has the condition '%s', but its parameters %s cannot have values"
                                .formatted(entity.getName(), text, List.copyOf(query.parameters())));
            }
            return query.bind().query().filter();
        } catch (InvalidQueryException e) {
            throw new MappingException(
                    "An index on %s has the condition '%s', which is not valid: %s"
                            .formatted(entity.getName(), text, e.getMessage()),
                    e);
        }
    }
}
