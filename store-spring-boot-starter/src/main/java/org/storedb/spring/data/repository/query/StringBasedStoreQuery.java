package org.storedb.spring.data.repository.query;

import org.springframework.dao.InvalidDataAccessApiUsageException;
import org.springframework.data.repository.query.ValueExpressionDelegate;
import org.springframework.util.ClassUtils;
import org.storedb.query.Query;
import org.storedb.query.text.BoundQuery;
import org.storedb.query.text.QueryKind;
import org.storedb.spring.data.core.SortConversion;
import org.storedb.spring.data.core.StoreOperations;

/** A query for entities given as text, parsed and checked when the repository is created. */
final class StringBasedStoreQuery extends AbstractStoreQuery {

    private final StoreQueryMethod method;
    private final StatementText text;
    private final QueryKind kind;

    /** Rejects a text that is not a query for the entity, or that does not fit its method. */
    StringBasedStoreQuery(
            StoreQueryMethod method, String text, StoreOperations operations, ValueExpressionDelegate expressions) {
        super(method, operations);
        this.method = method;
        this.text = new StatementText(method, text, operations, expressions);
        this.kind = switch (StatementText.verb(text)) {
            case "count" -> QueryKind.COUNT;
            case "exists" -> QueryKind.EXISTS;
            case "delete" -> QueryKind.DELETE;
            default -> QueryKind.FIND;
        };
        refuseReturnType();
        refuseUnfitResult();
        this.text.checkIfComplete(statement -> stored(((BoundQuery) statement).query()));
    }

    private void refuseUnfitResult() {
        Class<?> returnType = ClassUtils.resolvePrimitiveIfNecessary(method.getReturnType());
        if (kind == QueryKind.COUNT && !Number.class.isAssignableFrom(returnType)) {
            throw method.unsupported("its query counts, so it must return a number");
        }
        if (kind == QueryKind.EXISTS && returnType != Boolean.class) {
            throw method.unsupported("its query tests for a match, so it must return a boolean");
        }
        if (method.isGeoQuery()) {
            throw method.unsupported("distances are only supported for derived queries");
        }
    }

    @Override
    QueryKind kind() {
        return kind;
    }

    @Override
    Bound bind(StoreParameterAccessor accessor) {
        Query query = ((BoundQuery) text.bind(accessor)).query();
        if (query.offset() > 0
                && (method.isScrollQuery() || method.getParameters().hasPageableParameter())) {
            throw new InvalidDataAccessApiUsageException(
                    "The query of %s has its own offset; leave it to the page or the position"
                            .formatted(method.getName()));
        }
        return new Bound(
                stored(query).filter(), SortConversion.properties(query.sort()), query.offset(), query.limit());
    }

    private Query stored(Query query) {
        return queryMapper().toStored(query, method.getEntityType());
    }
}
