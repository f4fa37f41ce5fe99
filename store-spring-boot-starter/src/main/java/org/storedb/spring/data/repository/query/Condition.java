package org.storedb.spring.data.repository.query;

import org.jspecify.annotations.Nullable;
import org.springframework.core.convert.ConversionService;
import org.springframework.dao.InvalidDataAccessApiUsageException;
import org.springframework.data.domain.Range;
import org.storedb.query.Filter;
import org.storedb.spring.data.core.convert.QueryField;

/** Filters on one field from the arguments of a call. */
record Condition(QueryField field, ConversionService conversions, String property) {

    Filter equalTo(@Nullable Object argument) {
        if (argument == null) {
            return Filter.isNull(field.path());
        }
        boolean wholeValue = argument instanceof Iterable || argument.getClass().isArray();
        return field.isMultiValued() && !wholeValue
                ? havingElement(argument)
                : Filter.eq(field.path(), stored(argument));
    }

    Filter compared(Filter.Operator operator, @Nullable Object argument) {
        return new Filter.Comparison(field.path(), operator, stored(argument), false);
    }

    Filter between(@Nullable Object from, @Nullable Object to) {
        return Filter.between(field.path(), stored(from), stored(to));
    }

    Filter within(@Nullable Range<?> range) {
        if (range == null) {
            throw nullArgument();
        }
        Filter lower = bound(range.getLowerBound(), Filter.Operator.GTE, Filter.Operator.GT);
        Filter upper = bound(range.getUpperBound(), Filter.Operator.LTE, Filter.Operator.LT);
        return lower.and(upper);
    }

    Filter in(@Nullable Object arguments) {
        if (arguments == null) {
            throw nullArgument();
        }
        return Filter.in(field.path(), field.allToStored(arguments, conversions));
    }

    Filter matching(Filter.StringOperator operator, @Nullable Object argument) {
        return new Filter.StringMatch(field.path(), operator, stored(argument).toString(), false);
    }

    Filter havingElement(@Nullable Object argument) {
        if (argument == null) {
            throw nullArgument();
        }
        return Filter.hasElement(field.path(), field.elementToStored(argument, conversions));
    }

    private Filter bound(Range.Bound<?> bound, Filter.Operator inclusive, Filter.Operator exclusive) {
        return bound.getValue()
                .map(value -> compared(bound.isInclusive() ? inclusive : exclusive, value))
                .orElseGet(() -> Filter.not(Filter.isNull(field.path())));
    }

    private Object stored(@Nullable Object argument) {
        if (argument == null) {
            throw nullArgument();
        }
        return field.toStored(argument, conversions);
    }

    private InvalidDataAccessApiUsageException nullArgument() {
        return new InvalidDataAccessApiUsageException(
                "'%s' cannot be compared with null in this way; use IsNull or IsNotNull".formatted(property));
    }
}
