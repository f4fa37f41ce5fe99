package org.storedb.spring.data.repository.query;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.InvalidDataAccessApiUsageException;
import org.springframework.data.domain.Range;
import org.storedb.query.Filter;
import org.storedb.spring.data.core.convert.QueryField;

/** A condition on one field, which creates filters from the arguments of a call. */
record Condition(QueryField field, String property) {

    Filter equalTo(@Nullable Object argument) {
        if (argument == null) {
            return Filter.isNull(field.path());
        }
        return field.isMultiValued() && !field.holdsElements(argument)
                ? havingElement(argument)
                : field.equalTo(argument);
    }

    Filter compared(Filter.Operator operator, @Nullable Object argument) {
        return new Filter.Comparison(field.path(), operator, bound(operator, argument), false);
    }

    Filter between(@Nullable Object from, @Nullable Object to) {
        return Filter.between(field.path(), bound(Filter.Operator.GTE, from), bound(Filter.Operator.LTE, to));
    }

    Filter within(@Nullable Range<?> range) {
        if (range == null) {
            throw nullArgument();
        }
        Filter lower = bound(range.getLowerBound(), Filter.Operator.GTE, Filter.Operator.GT);
        Filter upper = bound(range.getUpperBound(), Filter.Operator.LTE, Filter.Operator.LT);
        return lower.and(upper);
    }

    /** Matches one of several values; if the field itself is multi-valued, one of its elements. */
    Filter in(@Nullable Object arguments) {
        if (arguments == null) {
            throw nullArgument();
        }
        if (!field.isMultiValued()) {
            return Filter.in(field.path(), field.allToStored(arguments));
        }
        List<Filter> alternatives = new ArrayList<>();
        for (Object element : field.elementsToStored(arguments)) {
            alternatives.add(element == null ? Filter.isNull(field.path()) : Filter.hasElement(field.path(), element));
        }
        return new Filter.Or(alternatives);
    }

    /** Matches an empty value or a missing one. */
    Filter empty() {
        Filter hasNothing = field.isMultiValued()
                ? Filter.hasSize(field.path(), 0)
                : Filter.eq(field.path(), field.isMap() ? Map.of() : field.textToStored(""));
        return hasNothing.or(Filter.isNull(field.path()));
    }

    /** Matches a regular expression against the stored text; no converter is applied to the expression. */
    Filter matching(@Nullable Object expression) {
        if (expression instanceof Pattern pattern) {
            if ((pattern.flags() & ~Pattern.CASE_INSENSITIVE) != 0) {
                throw new InvalidDataAccessApiUsageException(
                        "The pattern for '%s' has flags; only CASE_INSENSITIVE is supported".formatted(property));
            }
            Filter matches = Filter.matches(field.path(), pattern.pattern());
            return pattern.flags() == 0 ? matches : matches.ignoringCase();
        }
        if (expression == null) {
            throw nullArgument();
        }
        return Filter.matches(field.path(), expression.toString());
    }

    Filter containing(@Nullable Object argument) {
        if (argument == null || !field.holdsElements(argument)) {
            return havingElement(argument);
        }
        List<Object> elements = new ArrayList<>();
        for (Object element : field.elementsToStored(argument)) {
            if (element == null) {
                throw nullArgument();
            }
            elements.add(element);
        }
        return Filter.hasAllElements(field.path(), elements);
    }

    /** Matches points within a distance, or a range of distances, from a center. */
    Filter near(@Nullable Object center, @Nullable Object distance) {
        if (center == null || distance == null) {
            throw nullArgument();
        }
        return Places.near(field.path(), center, distance);
    }

    Filter near(@Nullable Object center, @Nullable Object from, @Nullable Object to) {
        if (center == null || from == null || to == null) {
            throw nullArgument();
        }
        return Filter.near(field.path(), Places.point(center), Places.meters(from), Places.meters(to));
    }

    Filter withinShape(@Nullable Object shape) {
        if (shape == null) {
            throw nullArgument();
        }
        return Filter.within(field.path(), Places.shape(shape));
    }

    Filter matching(Filter.StringOperator operator, @Nullable Object argument) {
        return new Filter.StringMatch(field.path(), operator, stored(argument).toString(), false);
    }

    Filter havingElement(@Nullable Object argument) {
        if (argument == null) {
            throw nullArgument();
        }
        return Filter.hasElement(field.path(), field.elementToStored(argument));
    }

    private Filter bound(Range.Bound<?> bound, Filter.Operator inclusive, Filter.Operator exclusive) {
        return bound.getValue()
                .map(value -> compared(bound.isInclusive() ? inclusive : exclusive, value))
                .orElseGet(() -> Filter.not(Filter.isNull(field.path())));
    }

    private Object bound(Filter.Operator operator, @Nullable Object argument) {
        if (argument == null) {
            throw nullArgument();
        }
        return field.toStored(operator, argument);
    }

    private Object stored(@Nullable Object argument) {
        if (argument == null) {
            throw nullArgument();
        }
        return field.toStored(argument);
    }

    private InvalidDataAccessApiUsageException nullArgument() {
        return new InvalidDataAccessApiUsageException(
                "'%s' cannot be compared with null; use IsNull or IsNotNull".formatted(property));
    }
}
