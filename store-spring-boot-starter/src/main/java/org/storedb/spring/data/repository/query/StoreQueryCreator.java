package org.storedb.spring.data.repository.query;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.data.domain.Range;
import org.springframework.data.repository.query.Parameters;
import org.springframework.data.repository.query.parser.Part;
import org.springframework.data.repository.query.parser.PartTree;
import org.storedb.query.Filter;
import org.storedb.spring.data.core.convert.QueryField;
import org.storedb.spring.data.core.convert.StoreConverter;

/**
 * Compiles the conditions of a method's name, once. What cannot be asked of the store is refused here, at start-up.
 *
 * <p>Conditions mean: {@code Between} includes both ends, or what its {@code Range} includes. A null argument of
 * {@code Is} asks for null or missing, of {@code Not} for anything else; any other condition refuses it. {@code Not},
 * {@code NotIn}, {@code NotLike} and {@code NotContaining} match entities without a value, too; order comparisons and
 * string conditions never do. {@code Containing} on a collection asks for an element, and so does {@code Is} with
 * something that is no collection.
 */
final class StoreQueryCreator {

    private final StoreQueryMethod method;
    private final StoreConverter converter;
    private final Parameters<?, ?> parameters;
    private int nextParameter;

    StoreQueryCreator(StoreQueryMethod method, StoreConverter converter) {
        this.method = method;
        this.converter = converter;
        this.parameters = method.getParameters().getBindableParameters();
    }

    Predicate create(PartTree tree) {
        List<Predicate> alternatives = new ArrayList<>();
        for (PartTree.OrPart alternative : tree) {
            List<Predicate> conditions = new ArrayList<>();
            for (Part part : alternative) {
                conditions.add(condition(part));
            }
            alternatives.add(conjunction(conditions));
        }
        if (nextParameter < parameters.getNumberOfParameters()) {
            throw method.unsupported("it has %d parameters for values, but its name takes only %d"
                    .formatted(parameters.getNumberOfParameters(), nextParameter));
        }
        return disjunction(alternatives);
    }

    private static Predicate conjunction(List<Predicate> conditions) {
        if (conditions.size() == 1) {
            return conditions.get(0);
        }
        return arguments -> new Filter.And(bindAll(conditions, arguments));
    }

    private static Predicate disjunction(List<Predicate> alternatives) {
        if (alternatives.isEmpty()) {
            return arguments -> Filter.all();
        }
        if (alternatives.size() == 1) {
            return alternatives.get(0);
        }
        return arguments -> new Filter.Or(bindAll(alternatives, arguments));
    }

    private static List<Filter> bindAll(List<Predicate> predicates, List<@Nullable Object> arguments) {
        return predicates.stream().map(predicate -> predicate.bind(arguments)).toList();
    }

    private Predicate condition(Part part) {
        QueryField field = field(part);
        Condition condition = new Condition(
                field, converter.getConversionService(), part.getProperty().toDotPath());
        String path = field.path();
        Predicate predicate = switch (part.getType()) {
            case SIMPLE_PROPERTY -> equality(condition, part);
            case NEGATING_SIMPLE_PROPERTY -> not(equality(condition, part));
            case LESS_THAN, BEFORE -> ordered(condition, part, Filter.Operator.LT);
            case LESS_THAN_EQUAL -> ordered(condition, part, Filter.Operator.LTE);
            case GREATER_THAN, AFTER -> ordered(condition, part, Filter.Operator.GT);
            case GREATER_THAN_EQUAL -> ordered(condition, part, Filter.Operator.GTE);
            case BETWEEN -> between(condition, part);
            case IN -> in(condition, part);
            case NOT_IN -> not(in(condition, part));
            case IS_NULL -> arguments -> Filter.isNull(path);
            case IS_NOT_NULL -> arguments -> Filter.not(Filter.isNull(path));
            case EXISTS -> arguments -> Filter.exists(path);
            case TRUE -> arguments -> Filter.eq(path, true);
            case FALSE -> arguments -> Filter.eq(path, false);
            case LIKE -> text(condition, part, Filter.StringOperator.LIKE);
            case NOT_LIKE -> not(text(condition, part, Filter.StringOperator.LIKE));
            case STARTING_WITH -> text(condition, part, Filter.StringOperator.STARTS_WITH);
            case ENDING_WITH -> text(condition, part, Filter.StringOperator.ENDS_WITH);
            case CONTAINING -> containing(condition, part);
            case NOT_CONTAINING -> not(containing(condition, part));
            default -> throw unsupported(part, "the keyword is not supported");
        };
        return ignoresCase(part, field) ? arguments -> predicate.bind(arguments).ignoringCase() : predicate;
    }

    private QueryField field(Part part) {
        String path = part.getProperty().toDotPath();
        QueryField field = converter.field(method.getEntityType(), path);
        if (field == null) {
            throw method.unsupported(
                    "'%s' is not stored in a way that can be asked for: it is the version, transient, or inside a collection"
                            .formatted(path));
        }
        return field;
    }

    private Predicate equality(Condition condition, Part part) {
        int index = takeParameter(part);
        return arguments -> condition.equalTo(arguments.get(index));
    }

    private Predicate ordered(Condition condition, Part part, Filter.Operator operator) {
        requireOrdered(condition.field(), part);
        int index = takeParameter(part);
        return arguments -> condition.compared(operator, arguments.get(index));
    }

    private Predicate between(Condition condition, Part part) {
        requireOrdered(condition.field(), part);
        int first = takeParameter(part);
        if (Range.class.isAssignableFrom(parameters.getParameter(first).getType())) {
            return arguments -> condition.within((Range<?>) arguments.get(first));
        }
        int second = takeParameter(part);
        return arguments -> condition.between(arguments.get(first), arguments.get(second));
    }

    private Predicate in(Condition condition, Part part) {
        int index = takeParameter(part);
        Class<?> type = parameters.getParameter(index).getType();
        if (!Iterable.class.isAssignableFrom(type) && !type.isArray()) {
            throw unsupported(part, "its parameter must be a collection or an array, not %s".formatted(type.getName()));
        }
        return arguments -> condition.in(arguments.get(index));
    }

    private Predicate text(Condition condition, Part part, Filter.StringOperator operator) {
        if (!condition.field().isText()) {
            throw unsupported(part, "the property is not a string");
        }
        int index = takeParameter(part);
        return arguments -> condition.matching(operator, arguments.get(index));
    }

    private Predicate containing(Condition condition, Part part) {
        if (!condition.field().isMultiValued()) {
            return text(condition, part, Filter.StringOperator.CONTAINS);
        }
        int index = takeParameter(part);
        return arguments -> condition.havingElement(arguments.get(index));
    }

    private static Predicate not(Predicate predicate) {
        return arguments -> Filter.not(predicate.bind(arguments));
    }

    private int takeParameter(Part part) {
        if (nextParameter >= parameters.getNumberOfParameters()) {
            throw unsupported(part, "there is no parameter for its value");
        }

        return nextParameter++;
    }

    private void requireOrdered(QueryField field, Part part) {
        if (!field.isOrdered()) {
            throw unsupported(part, "values of the property have no order as they are stored");
        }
    }

    private boolean ignoresCase(Part part, QueryField field) {
        return switch (part.shouldIgnoreCase()) {
            case NEVER -> false;
            case WHEN_POSSIBLE -> field.isText();
            case ALWAYS -> {
                if (!field.isText()) {
                    throw unsupported(part, "case can be ignored for strings only");
                }
                yield true;
            }
        };
    }

    private IllegalArgumentException unsupported(Part part, String reason) {
        return method.unsupported(
                "%s on '%s': %s".formatted(part.getType(), part.getProperty().toDotPath(), reason));
    }
}
