package org.storedb.spring.data.repository.support;

import com.querydsl.core.types.Constant;
import com.querydsl.core.types.Expression;
import com.querydsl.core.types.ExpressionUtils;
import com.querydsl.core.types.Operation;
import com.querydsl.core.types.Operator;
import com.querydsl.core.types.Ops;
import com.querydsl.core.types.OrderSpecifier;
import com.querydsl.core.types.Path;
import com.querydsl.core.types.PathMetadata;
import com.querydsl.core.types.PathType;
import com.querydsl.core.types.Predicate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.springframework.dao.InvalidDataAccessApiUsageException;
import org.springframework.data.domain.Sort;
import org.storedb.query.Filter;
import org.storedb.spring.data.core.convert.QueryField;

/** Conversion of Querydsl's predicates to filters with the names of properties. */
final class QuerydslFilters {

    private QuerydslFilters() {}

    /**
     * Returns the filter that matches the same entities as a predicate.
     *
     * @throws InvalidDataAccessApiUsageException if the store cannot evaluate the predicate
     */
    static Filter filter(Predicate predicate) {
        return condition(predicate);
    }

    /**
     * Returns the equivalent sort.
     *
     * @throws InvalidDataAccessApiUsageException if an order is by something other than a property
     */
    static Sort sort(OrderSpecifier<?>... orders) {
        return Sort.by(Stream.of(orders).map(QuerydslFilters::order).toList());
    }

    private static Sort.Order order(OrderSpecifier<?> order) {
        if (!(order.getTarget() instanceof Path<?> path)) {
            throw unsupported(order.getTarget());
        }
        String property = propertyPath(path);
        Sort.Order plain = order.isAscending() ? Sort.Order.asc(property) : Sort.Order.desc(property);
        return switch (order.getNullHandling()) {
            case Default -> plain;
            case NullsFirst -> plain.nullsFirst();
            case NullsLast -> plain.nullsLast();
        };
    }

    private static String propertyPath(Path<?> path) {
        Filter named = where(path, Filter::exists);
        if (named instanceof Filter.Exists exists) {
            return exists.field();
        }
        throw unsupported(path); // any() names no single value.
    }

    private static Filter condition(Expression<?> expression) {
        Object plain = ExpressionUtils.extract(expression);
        if (plain == null) {
            return Filter.all(); // An empty builder.
        }
        if (plain instanceof Path<?> path) {
            return where(path, property -> Filter.eq(property, true));
        }
        if (plain instanceof Operation<?> operation) {
            return operation(operation);
        }
        throw unsupported(expression);
    }

    private static Filter operation(Operation<?> operation) {
        Operator operator = operation.getOperator();
        if (operator == Ops.AND) {
            return condition(operation.getArg(0)).and(condition(operation.getArg(1)));
        }
        if (operator == Ops.OR) {
            return condition(operation.getArg(0)).or(condition(operation.getArg(1)));
        }
        if (operator == Ops.NOT) {
            return Filter.not(condition(operation.getArg(0)));
        }
        if (operator == Ops.WRAPPED) {
            return condition(operation.getArg(0));
        }
        if (operation.getArg(0) instanceof Operation<?> size && size.getOperator() == Ops.COL_SIZE) {
            return size(size, operation);
        }
        if (operator == Ops.IN && operation.getArg(1) instanceof Path<?> collection) {
            Object element = constant(operation, 0);
            return where(collection, property -> Filter.hasElement(property, element));
        }
        return ofPath(operation);
    }

    private static Filter ofPath(Operation<?> operation) {
        if (!(operation.getArg(0) instanceof Path<?> path) || !(operation.getOperator() instanceof Ops operator)) {
            throw unsupported(operation);
        }
        return switch (operator) {
            case NE -> Filter.not(where(path, property -> Filter.eq(property, constant(operation, 1))));
            case NOT_IN -> Filter.not(where(path, property -> Filter.in(property, values(operation))));
            case IS_NOT_NULL -> Filter.not(where(path, Filter::isNull));
            default -> where(path, property -> positive(operator, property, operation));
        };
    }

    private static Filter positive(Ops operator, String property, Operation<?> operation) {
        return switch (operator) {
            case EQ -> Filter.eq(property, constant(operation, 1));
            case EQ_IGNORE_CASE -> Filter.eq(property, constant(operation, 1)).ignoringCase();
            case LT -> Filter.lt(property, constant(operation, 1));
            case LOE -> Filter.lte(property, constant(operation, 1));
            case GT -> Filter.gt(property, constant(operation, 1));
            case GOE -> Filter.gte(property, constant(operation, 1));
            case BETWEEN -> Filter.between(property, constant(operation, 1), constant(operation, 2));
            case IN -> Filter.in(property, values(operation));
            case IS_NULL -> Filter.isNull(property);
            case STARTS_WITH -> Filter.startsWith(property, text(operation));
            case STARTS_WITH_IC -> Filter.startsWith(property, text(operation)).ignoringCase();
            case ENDS_WITH -> Filter.endsWith(property, text(operation));
            case ENDS_WITH_IC -> Filter.endsWith(property, text(operation)).ignoringCase();
            case STRING_CONTAINS -> Filter.contains(property, text(operation));
            case STRING_CONTAINS_IC ->
                Filter.contains(property, text(operation)).ignoringCase();
            case LIKE -> Filter.like(property, text(operation));
            case LIKE_IC -> Filter.like(property, text(operation)).ignoringCase();
            case MATCHES -> wholeMatch(property, operation);
            case MATCHES_IC -> wholeMatch(property, operation).ignoringCase();
            case STRING_IS_EMPTY -> Filter.eq(property, "");
            case COL_IS_EMPTY -> Filter.hasSize(property, 0).or(Filter.isNull(property));
            case CONTAINS_KEY -> Filter.exists(property + '.' + QueryField.nameOfKey(constant(operation, 1)));
            default -> throw unsupported(operation);
        };
    }

    private static Filter size(Operation<?> size, Operation<?> comparison) {
        if (!(size.getArg(0) instanceof Path<?> path) || !(comparison.getOperator() instanceof Ops operator)) {
            throw unsupported(comparison);
        }
        Filter.Operator how = switch (operator) {
            case EQ -> Filter.Operator.EQ;
            case NE -> Filter.Operator.NE;
            case LT -> Filter.Operator.LT;
            case LOE -> Filter.Operator.LTE;
            case GT -> Filter.Operator.GT;
            case GOE -> Filter.Operator.GTE;
            default -> throw unsupported(comparison);
        };
        long number = ((Number) constant(comparison, 1)).longValue();
        return where(path, property -> Filter.hasSize(property, how, number));
    }

    /** Matches the whole string, as Querydsl's expressions do; the store's match any part of it. */
    private static Filter wholeMatch(String property, Operation<?> operation) {
        return Filter.matches(property, "\\A(" + text(operation) + ")\\z");
    }

    /** Returns a condition on a property, which may be inside elements of collections because of {@code any()}. */
    private static Filter where(Path<?> path, Function<String, Filter> condition) {
        List<String> names = new ArrayList<>();
        Path<?> at = path;
        while (at != null && !at.getMetadata().isRoot()) {
            PathMetadata metadata = at.getMetadata();
            if (metadata.getPathType() == PathType.COLLECTION_ANY) {
                Filter inElement = condition.apply(String.join(".", names));
                return where(metadata.getParent(), array -> Filter.elementMatches(array, inElement));
            }
            if (metadata.getPathType() != PathType.PROPERTY && metadata.getPathType() != PathType.MAPVALUE_CONSTANT) {
                throw unsupported(path);
            }
            names.add(0, QueryField.nameOfKey(metadata.getElement())); // The name of a property stays as it is.
            at = metadata.getParent();
        }
        return condition.apply(String.join(".", names));
    }

    private static Object constant(Operation<?> operation, int argument) {
        if (operation.getArg(argument) instanceof Constant<?> constant) {
            return constant.getConstant();
        }
        throw unsupported(operation);
    }

    private static Collection<?> values(Operation<?> operation) {
        return constant(operation, 1) instanceof Collection<?> values ? values : List.of(constant(operation, 1));
    }

    private static String text(Operation<?> operation) {
        return constant(operation, 1).toString();
    }

    private static InvalidDataAccessApiUsageException unsupported(Expression<?> expression) {
        return new InvalidDataAccessApiUsageException(
                "The store cannot answer '%s': conditions compare a property with a value".formatted(expression));
    }
}
