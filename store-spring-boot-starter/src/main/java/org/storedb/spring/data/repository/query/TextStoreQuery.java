package org.storedb.spring.data.repository.query;

import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.InvalidDataAccessApiUsageException;
import org.springframework.data.core.PropertyReferenceException;
import org.springframework.data.domain.Sort;
import org.springframework.data.repository.query.Parameter;
import org.springframework.data.repository.query.Parameters;
import org.springframework.data.repository.query.ParametersParameterAccessor;
import org.springframework.util.ClassUtils;
import org.storedb.error.InvalidQueryException;
import org.storedb.error.QuerySyntaxException;
import org.storedb.query.Query;
import org.storedb.query.Sort.Direction;
import org.storedb.query.Sort.NullOrder;
import org.storedb.query.Sort.Order;
import org.storedb.query.text.ParsedQuery;
import org.storedb.query.text.QueryKind;
import org.storedb.query.text.QueryText;
import org.storedb.spring.data.core.StoreOperations;
import org.storedb.spring.data.core.convert.StoreConverter;

/** A query that is given as text, read and checked when the repository is made. */
public class TextStoreQuery extends AbstractStoreQuery {

    private final StoreQueryMethod method;
    private final ParsedQuery text;

    /** Refuses a text that is no query of the entity, or that does not fit its method. */
    public TextStoreQuery(StoreQueryMethod method, String text, StoreOperations operations) {
        super(method, operations);
        this.method = method;
        this.text = parse(method, text);
        refuseOtherCollection(operations.getConverter());
        refuseUnknownProperties(operations.getConverter());
        refuseUnboundParameters();
        refuseReturnType();
        refuseUnfitResult();
        refuseInvalidLiterals();
    }

    private static ParsedQuery parse(StoreQueryMethod method, String text) {
        try {
            return QueryText.parse(text);
        } catch (QuerySyntaxException e) {
            throw method.unsupported(e);
        }
    }

    private void refuseOtherCollection(StoreConverter converter) {
        String collection = converter.codec(method.getEntityType()).entity().getCollectionName();
        if (!text.collection().equals(collection)) {
            throw method.unsupported("it asks for '%s', but %s is stored in '%s'"
                    .formatted(text.collection(), method.getEntityType().getSimpleName(), collection));
        }
    }

    private void refuseUnknownProperties(StoreConverter converter) {
        for (String path : text.fields()) {
            if (converter.field(method.getEntityType(), path) == null) {
                throw method.unsupported("%s has no property '%s' that is stored and can be asked for"
                        .formatted(method.getEntityType().getSimpleName(), path));
            }
        }
    }

    private void refuseUnboundParameters() {
        Parameters<?, ?> given = method.getParameters().getBindableParameters();
        if (text.isPositional() || text.parameters().isEmpty()) {
            if (given.getNumberOfParameters() != text.parameters().size()) {
                throw method.unsupported("its query has %d parameters, but it has %d for values"
                        .formatted(text.parameters().size(), given.getNumberOfParameters()));
            }
            return;
        }
        Set<String> names = new LinkedHashSet<>();
        given.forEach(parameter -> names.add(nameOf(parameter)));
        if (!names.equals(new HashSet<>(text.parameters()))) {
            throw method.unsupported("its query has the parameters %s, but it has %s; name them with @Param"
                    .formatted(text.parameters(), names));
        }
    }

    private String nameOf(Parameter parameter) {
        return parameter
                .getName()
                .orElseThrow(() -> method.unsupported(
                        "parameter %d has no name; give it one with @Param".formatted(parameter.getIndex() + 1)));
    }

    private void refuseUnfitResult() {
        Class<?> returnType = ClassUtils.resolvePrimitiveIfNecessary(method.getReturnType());
        if (kind() == QueryKind.COUNT && !Number.class.isAssignableFrom(returnType)) {
            throw method.unsupported("its query counts, so it returns a number");
        }
        if (kind() == QueryKind.EXISTS && returnType != Boolean.class) {
            throw method.unsupported("its query asks whether there is a match, so it returns a boolean");
        }
    }

    /** Without parameters, all that can be wrong shows now. */
    private void refuseInvalidLiterals() {
        if (!text.parameters().isEmpty()) {
            return;
        }
        try {
            stored(text.bind().query());
        } catch (InvalidQueryException | InvalidDataAccessApiUsageException | PropertyReferenceException e) {
            throw method.unsupported(e);
        }
    }

    @Override
    QueryKind kind() {
        return text.kind();
    }

    @Override
    Bound bind(ParametersParameterAccessor accessor) {
        Query query = withArguments(accessor);
        if (query.offset() > 0
                && (method.isScrollQuery() || method.getParameters().hasPageableParameter())) {
            throw new InvalidDataAccessApiUsageException(
                    "The query of %s has an offset of its own; leave it to the page or the position"
                            .formatted(method.getName()));
        }
        Query stored = stored(query);
        return new Bound(
                stored.filter(), properties(query.sort()).and(accessor.getSort()), query.offset(), query.limit());
    }

    private Query withArguments(ParametersParameterAccessor accessor) {
        try {
            return text.isPositional() || text.parameters().isEmpty()
                    ? text.bind(positional(accessor)).query()
                    : text.bind(named(accessor)).query();
        } catch (InvalidQueryException e) {
            throw new InvalidDataAccessApiUsageException("%s: %s".formatted(method.getName(), e.getMessage()), e);
        }
    }

    private Query stored(Query query) {
        return queryMapper().toStored(query, method.getEntityType());
    }

    private static @Nullable Object[] positional(ParametersParameterAccessor accessor) {
        int count = accessor.getParameters().getBindableParameters().getNumberOfParameters();
        @Nullable Object[] values = new @Nullable Object[count];
        for (int index = 0; index < count; index++) {
            values[index] = accessor.getBindableValue(index);
        }
        return values;
    }

    private Map<String, @Nullable Object> named(ParametersParameterAccessor accessor) {
        Map<String, @Nullable Object> values = new LinkedHashMap<>();
        int index = 0;
        for (Parameter parameter : accessor.getParameters().getBindableParameters()) {
            values.put(nameOf(parameter), accessor.getBindableValue(index++));
        }
        return values;
    }

    private static Sort properties(org.storedb.query.Sort sort) {
        List<Sort.Order> orders =
                sort.orders().stream().map(TextStoreQuery::property).toList();
        return Sort.by(orders);
    }

    private static Sort.Order property(Order order) {
        Sort.Order property = order.direction() == Direction.ASCENDING
                ? Sort.Order.asc(order.field())
                : Sort.Order.desc(order.field());
        if (order.nulls() != NullOrder.NATURAL) {
            property = order.nulls() == NullOrder.FIRST ? property.nullsFirst() : property.nullsLast();
        }
        return order.ignoreCase() ? property.ignoreCase() : property;
    }
}
