package org.storedb.spring.data.repository.query;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.data.domain.Range;
import org.springframework.data.repository.query.parser.Part;
import org.springframework.data.repository.query.parser.PartTree;
import org.storedb.document.FieldType;
import org.storedb.query.Filter;
import org.storedb.spring.data.core.convert.FieldPath;
import org.storedb.spring.data.core.convert.QueryField;
import org.storedb.spring.data.core.convert.StoreConverter;

/**
 * Compiler of the conditions of a method's name, which runs once. What the store cannot answer is rejected here, at
 * startup.
 *
 * <p>Meaning of the conditions: {@code Between} includes both ends, or what its {@code Range} includes. A null argument
 * of {@code Is} matches null or missing values, one of {@code Not} anything else; any other condition rejects null.
 * {@code Not}, {@code NotIn}, {@code NotLike} and {@code NotContaining} also match entities without a value; order
 * comparisons and string conditions never do. {@code Containing} on a collection matches if it contains an element, or
 * all of several, and so does {@code Is} with an argument that is not a collection; {@code In} matches if it contains
 * one of several. {@code IsEmpty} also matches missing values. A condition on a property of the elements of a
 * collection matches if one of them satisfies it, its negation if none does; two such conditions may be satisfied by
 * different elements.
 */
final class StoreQueryCreator {

    private final StoreQueryMethod method;
    private final StoreConverter converter;
    private final ValueParameters parameters;
    private final ParameterTypes types;
    private final PlaceFilters places;

    StoreQueryCreator(StoreQueryMethod method, StoreConverter converter) {
        this.method = method;
        this.converter = converter;
        this.parameters = new ValueParameters(method);
        this.types = new ParameterTypes(method, converter, parameters);
        this.places = new PlaceFilters(method, converter, parameters);
    }

    BindableFilter create(PartTree tree) {
        List<BindableFilter> alternatives = new ArrayList<>();
        for (PartTree.OrPart alternative : tree) {
            List<BindableFilter> conditions = new ArrayList<>();
            for (Part part : alternative) {
                conditions.add(condition(part));
            }
            alternatives.add(conjunction(conditions));
        }
        parameters.requireNoneLeft();
        return disjunction(alternatives);
    }

    /** Returns the one point that results are near; {@code null} if there is none, or more than one. */
    PlaceFilters.@Nullable Near onlyNear() {
        return places.onlyNear();
    }

    private static BindableFilter conjunction(List<BindableFilter> conditions) {
        if (conditions.size() == 1) {
            return conditions.get(0);
        }
        return arguments -> new Filter.And(bindAll(conditions, arguments));
    }

    private static BindableFilter disjunction(List<BindableFilter> alternatives) {
        if (alternatives.isEmpty()) {
            return arguments -> Filter.all();
        }
        if (alternatives.size() == 1) {
            return alternatives.get(0);
        }
        return arguments -> new Filter.Or(bindAll(alternatives, arguments));
    }

    private static List<Filter> bindAll(List<BindableFilter> filters, List<@Nullable Object> arguments) {
        return filters.stream().map(filter -> filter.bind(arguments)).toList();
    }

    private BindableFilter condition(Part part) {
        FieldPath fieldPath = fieldPath(part);
        QueryField field = fieldPath.field();
        Condition condition = new Condition(field, part.getProperty().toDotPath());
        BindableFilter filter = positive(condition, part);
        BindableFilter cased =
                ignoresCase(part, field) ? arguments -> filter.bind(arguments).ignoringCase() : filter;
        BindableFilter whole =
                fieldPath.isInElements() ? arguments -> fieldPath.whereOneElement(cased.bind(arguments)) : cased;
        return isNegation(part.getType()) ? arguments -> Filter.not(whole.bind(arguments)) : whole;
    }

    private static boolean isNegation(Part.Type type) {
        return switch (type) {
            case NEGATING_SIMPLE_PROPERTY, NOT_IN, IS_NOT_NULL, NOT_LIKE, NOT_CONTAINING, IS_NOT_EMPTY -> true;
            default -> false;
        };
    }

    /** Returns the filter of a condition, or the one that a negated condition negates. */
    private BindableFilter positive(Condition condition, Part part) {
        String path = condition.field().path();
        return switch (part.getType()) {
            case SIMPLE_PROPERTY, NEGATING_SIMPLE_PROPERTY -> equality(condition, part);
            case LESS_THAN, BEFORE -> ordered(condition, part, Filter.Operator.LT);
            case LESS_THAN_EQUAL -> ordered(condition, part, Filter.Operator.LTE);
            case GREATER_THAN, AFTER -> ordered(condition, part, Filter.Operator.GT);
            case GREATER_THAN_EQUAL -> ordered(condition, part, Filter.Operator.GTE);
            case BETWEEN -> between(condition, part);
            case IN, NOT_IN -> in(condition, part);
            case IS_NULL, IS_NOT_NULL -> arguments -> Filter.isNull(path);
            case EXISTS -> arguments -> Filter.exists(path);
            case TRUE -> truth(condition, part, true);
            case FALSE -> truth(condition, part, false);
            case LIKE, NOT_LIKE -> text(condition, part, Filter.StringOperator.LIKE);
            case STARTING_WITH -> text(condition, part, Filter.StringOperator.STARTS_WITH);
            case ENDING_WITH -> text(condition, part, Filter.StringOperator.ENDS_WITH);
            case CONTAINING, NOT_CONTAINING -> containing(condition, part);
            case IS_EMPTY, IS_NOT_EMPTY -> empty(condition, part);
            case REGEX -> regex(condition, part);
            case NEAR -> places.near(condition, part);
            case WITHIN -> places.within(condition, part);
        };
    }

    private FieldPath fieldPath(Part part) {
        String path = part.getProperty().toDotPath();
        method.refusePathIntoMap(path, converter);
        FieldPath field = converter.fieldPath(method.getEntityType(), path);
        if (field == null) {
            throw method.unsupported(converter.whyNoField(method.getEntityType(), path));
        }
        return field;
    }

    private BindableFilter truth(Condition condition, Part part, boolean value) {
        QueryField field = condition.field();
        if (!field.isBoolean() && field.type() != FieldType.ANY) {
            throw method.unsupported(part, "the property is not a boolean");
        }
        return arguments -> condition.equalTo(value);
    }

    private BindableFilter empty(Condition condition, Part part) {
        QueryField field = condition.field();
        if (!field.isMultiValued() && !field.isMap() && !field.isText()) {
            throw method.unsupported(part, "the property is neither a collection nor a map nor a string");
        }
        return arguments -> condition.empty();
    }

    private BindableFilter regex(Condition condition, Part part) {
        if (!condition.field().isText()) {
            throw method.unsupported(part, "the property is not a string");
        }
        int index = parameters.take(part);
        Class<?> type = parameters.type(index);
        if (type != String.class && type != Pattern.class) {
            throw method.unsupported(
                    part, "its parameter must be a String or a Pattern, not %s".formatted(type.getName()));
        }
        return arguments -> condition.matching(arguments.get(index));
    }

    private BindableFilter equality(Condition condition, Part part) {
        int index = takeValue(condition, part);
        return arguments -> condition.equalTo(arguments.get(index));
    }

    private BindableFilter ordered(Condition condition, Part part, Filter.Operator operator) {
        requireOrdered(condition.field(), part);
        int index = takeValue(condition, part);
        return arguments -> condition.compared(operator, arguments.get(index));
    }

    private BindableFilter between(Condition condition, Part part) {
        requireOrdered(condition.field(), part);
        int first = parameters.take(part);
        if (Range.class.isAssignableFrom(parameters.type(first))) {
            types.requireElements(condition.field(), checked(part), first);
            return arguments -> condition.within((Range<?>) arguments.get(first));
        }
        types.requireValue(condition.field(), checked(part), first);
        int second = takeValue(condition, part);
        return arguments -> condition.between(arguments.get(first), arguments.get(second));
    }

    private BindableFilter in(Condition condition, Part part) {
        int index = parameters.take(part);
        if (!parameters.isSeveral(index)) {
            throw method.unsupported(
                    part,
                    "its parameter must be a collection or an array, not %s"
                            .formatted(parameters.type(index).getName()));
        }
        types.requireElements(condition.field(), checked(part), index);
        return arguments -> condition.in(arguments.get(index));
    }

    private BindableFilter text(Condition condition, Part part, Filter.StringOperator operator) {
        if (!condition.field().isText()) {
            throw method.unsupported(part, "the property is not a string");
        }
        int index = takeValue(condition, part);
        return arguments -> condition.matching(operator, arguments.get(index));
    }

    private BindableFilter containing(Condition condition, Part part) {
        if (!condition.field().isMultiValued()) {
            return text(condition, part, Filter.StringOperator.CONTAINS);
        }
        int index = takeValue(condition, part);
        return arguments -> condition.containing(arguments.get(index));
    }

    private int takeValue(Condition condition, Part part) {
        int index = parameters.take(part);
        types.requireValue(condition.field(), checked(part), index);
        return index;
    }

    private CheckedCondition checked(Part part) {
        return new CheckedCondition.OfName(method, part);
    }

    private void requireOrdered(QueryField field, Part part) {
        if (!field.isOrdered()) {
            throw method.unsupported(part, field.whyUnordered(part.getProperty().toDotPath()));
        }
    }

    private boolean ignoresCase(Part part, QueryField field) {
        boolean hasCase = field.isText() || (asksForElements(part.getType()) && field.hasTextElements());
        return switch (part.shouldIgnoreCase()) {
            case NEVER -> false;
            case WHEN_POSSIBLE -> hasCase;
            case ALWAYS -> {
                if (!hasCase) {
                    throw method.unsupported(part, "case can be ignored for strings only");
                }
                yield true;
            }
        };
    }

    private static boolean asksForElements(Part.Type type) {
        return switch (type) {
            case CONTAINING, NOT_CONTAINING, IN, NOT_IN -> true;
            default -> false;
        };
    }
}
