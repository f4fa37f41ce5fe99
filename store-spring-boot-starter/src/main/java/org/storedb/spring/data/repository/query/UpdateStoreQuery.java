package org.storedb.spring.data.repository.query;

import org.jspecify.annotations.Nullable;
import org.springframework.data.repository.query.Parameters;
import org.springframework.data.repository.query.QueryMethod;
import org.springframework.data.repository.query.RepositoryQuery;
import org.springframework.data.repository.query.ValueExpressionDelegate;
import org.springframework.data.util.ReflectionUtils;
import org.springframework.util.ClassUtils;
import org.storedb.document.DocumentPatch;
import org.storedb.query.Query;
import org.storedb.query.text.BoundUpdate;
import org.storedb.spring.data.core.StoreOperations;
import org.storedb.spring.data.core.StoreQueryMapper;

/** An update of entities given as text, parsed and checked when the repository is created. */
final class UpdateStoreQuery implements RepositoryQuery {

    private final StoreQueryMethod method;
    private final StatementText text;
    private final StoreOperations operations;
    private final StoreQueryMapper queryMapper;

    /** Rejects a text that is not an update of the entity, or that does not fit its method. */
    UpdateStoreQuery(
            StoreQueryMethod method, String text, StoreOperations operations, ValueExpressionDelegate expressions) {
        this.method = method;
        this.operations = operations;
        this.queryMapper = new StoreQueryMapper(operations.getConverter());
        this.text = new StatementText(method, text, operations, expressions);
        Class<?> returnType = ClassUtils.resolvePrimitiveIfNecessary(method.getReturnType());
        if (!ReflectionUtils.isVoid(returnType) && returnType != Long.class && returnType != Integer.class) {
            throw method.unsupported(
                    "its query changes entities, so it must return nothing, or their number as a long or an int");
        }
        Parameters<?, ?> parameters = method.getParameters();
        if (parameters.hasSortParameter() || parameters.hasPageableParameter() || parameters.hasLimitParameter()) {
            throw method.unsupported("'order by' and 'limit' of a change must be in its text");
        }
        this.text.checkIfComplete(statement -> stored((BoundUpdate) statement));
    }

    @Override
    public QueryMethod getQueryMethod() {
        return method;
    }

    @Override
    public @Nullable Object execute(Object[] arguments) {
        Change change = stored((BoundUpdate) text.bind(new StoreParameterAccessor(method, arguments)));
        return operations.execute(
                method.getEntityType(), collection -> collection.update(change.query(), change.patch()));
    }

    private Change stored(BoundUpdate update) {
        return new Change(
                queryMapper.toStored(update.query(), method.getEntityType()),
                queryMapper.toStored(update.patch(), method.getEntityType()));
    }

    /** An update with the names and values used in documents. */
    private record Change(Query query, DocumentPatch patch) {}
}
