package org.storedb.spring.data.core;

import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.InvalidDataAccessApiUsageException;
import org.storedb.query.Filter;
import org.storedb.spring.data.core.convert.QueryField;

/** Translator of filters from the properties of one kind of object to the fields it is stored in. */
final class FilterMapper {

    private final String owner;
    private final Function<String, @Nullable QueryField> fields;

    /**
     * Creates a mapper for one kind of object.
     *
     * @param owner the owner of the properties, for messages
     * @param fields returns the field that a path refers to, {@code null} if it refers to nothing
     */
    FilterMapper(String owner, Function<String, @Nullable QueryField> fields) {
        this.owner = owner;
        this.fields = fields;
    }

    QueryField field(String path) {
        QueryField field = fields.apply(path);
        if (field == null) {
            throw new InvalidDataAccessApiUsageException(
                    "%s has no property '%s' that is stored and can be queried".formatted(owner, path));
        }
        return field;
    }

    QueryField multiValued(String path) {
        QueryField field = field(path);
        if (!field.isMultiValued()) {
            throw new InvalidDataAccessApiUsageException(
                    "'%s' of %s has no elements to search for".formatted(path, owner));
        }
        return field;
    }

    Filter toStored(Filter filter) {
        if (filter instanceof Filter.And and) {
            return new Filter.And(toStored(and.filters()));
        }
        if (filter instanceof Filter.Or or) {
            return new Filter.Or(toStored(or.filters()));
        }
        if (filter instanceof Filter.Not not) {
            return new Filter.Not(toStored(not.filter()));
        }
        return conditionToStored(filter);
    }

    private Filter conditionToStored(Filter filter) {
        if (filter instanceof Filter.Comparison comparison) {
            return comparisonToStored(comparison, field(comparison.field()));
        }
        if (filter instanceof Filter.In in) {
            QueryField field = field(in.field());
            List<Object> values = in.values().stream().map(field::toStored).toList();
            return new Filter.In(field.path(), values, in.ignoreCase());
        }
        if (filter instanceof Filter.StringMatch match) {
            QueryField field = field(match.field());
            return new Filter.StringMatch(
                    field.path(), match.operator(), field.textToStored(match.text()), match.ignoreCase());
        }
        if (filter instanceof Filter.Exists exists) {
            return new Filter.Exists(field(exists.field()).path());
        }
        if (filter instanceof Filter.IsNull isNull) {
            return new Filter.IsNull(field(isNull.field()).path());
        }
        if (filter instanceof Filter.HasType has) {
            return new Filter.HasType(field(has.field()).path(), has.type());
        }
        if (filter instanceof Filter.Regex regex) {
            return new Filter.Regex(field(regex.field()).path(), regex.regex(), regex.ignoreCase());
        }
        if (filter instanceof Filter.Text text) {
            return Filter.text(field(text.field()).path(), text.words());
        }
        return arrayOrPlaceToStored(filter);
    }

    private Filter comparisonToStored(Filter.Comparison comparison, QueryField field) {
        if (field.isSet() && isEquality(comparison)) {
            Filter equal = field.equalTo(comparison.value());
            return comparison.operator() == Filter.Operator.EQ ? equal : Filter.not(equal);
        }
        requireOrdered(comparison, field);
        return new Filter.Comparison(
                field.path(),
                comparison.operator(),
                field.toStored(comparison.operator(), comparison.value()),
                comparison.ignoreCase());
    }

    private static boolean isEquality(Filter.Comparison comparison) {
        return comparison.operator() == Filter.Operator.EQ || comparison.operator() == Filter.Operator.NE;
    }

    private void requireOrdered(Filter.Comparison comparison, QueryField field) {
        if (!isEquality(comparison) && !field.isOrdered()) {
            throw new InvalidDataAccessApiUsageException("'%s' of %s cannot be compared with '%s' by %s: %s"
                    .formatted(
                            comparison.field(),
                            owner,
                            comparison.value(),
                            comparison.operator(),
                            field.whyUnordered(comparison.field())));
        }
    }

    private Filter arrayOrPlaceToStored(Filter filter) {
        if (filter instanceof Filter.HasElement has) {
            QueryField field = multiValued(has.field());
            return new Filter.HasElement(field.path(), field.elementToStored(has.element()));
        }
        if (filter instanceof Filter.HasAllElements has) {
            QueryField field = multiValued(has.field());
            return Filter.hasAllElements(
                    field.path(),
                    has.elements().stream().map(field::elementToStored).toList());
        }
        if (filter instanceof Filter.HasSize has) {
            return Filter.hasSize(multiValued(has.field()).path(), has.operator(), has.size());
        }
        if (filter instanceof Filter.ElementMatch match) {
            QueryField field = multiValued(match.field());
            FilterMapper ofElements = new FilterMapper("An element of " + match.field(), field::inElement);
            return Filter.elementMatches(field.path(), ofElements.toStored(match.filter()));
        }
        if (filter instanceof Filter.Near near) {
            return Filter.near(place(near.field()), near.center(), near.fromMeters(), near.toMeters());
        }
        if (filter instanceof Filter.Within within) {
            return Filter.within(place(within.field()), within.shape());
        }
        throw new IllegalArgumentException("Not translated: " + filter);
    }

    /**
     * Returns the stored path of a property that has locations.
     *
     * @throws InvalidDataAccessApiUsageException if the property does not exist, or can never be a location
     */
    String place(String path) {
        QueryField field = field(path);
        if (!field.mayBePlace()) {
            throw new InvalidDataAccessApiUsageException("'%s' of %s is not a place".formatted(path, owner));
        }
        return field.path();
    }

    private List<Filter> toStored(List<Filter> filters) {
        return filters.stream().map(this::toStored).toList();
    }
}
