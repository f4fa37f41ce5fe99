package org.storedb.spring.data.repository.query;

import java.lang.reflect.Method;
import java.util.Optional;
import org.springframework.data.projection.ProjectionFactory;
import org.springframework.data.repository.core.NamedQueries;
import org.springframework.data.repository.core.RepositoryMetadata;
import org.springframework.data.repository.query.QueryLookupStrategy;
import org.springframework.data.repository.query.RepositoryQuery;
import org.springframework.data.repository.query.ValueExpressionDelegate;
import org.storedb.spring.data.core.StoreOperations;

/** Strategy that finds the query of a repository method: declared on it, declared under its name, or derived from it. */
public final class StoreQueryLookupStrategy implements QueryLookupStrategy {

    private final Key key;
    private final StoreOperations operations;
    private final ValueExpressionDelegate expressions;

    public StoreQueryLookupStrategy(Key key, StoreOperations operations, ValueExpressionDelegate expressions) {
        this.key = key;
        this.operations = operations;
        this.expressions = expressions;
    }

    @Override
    public RepositoryQuery resolveQuery(
            Method method, RepositoryMetadata metadata, ProjectionFactory factory, NamedQueries namedQueries) {
        StoreQueryMethod queryMethod = new StoreQueryMethod(method, metadata, factory);
        if (key == Key.CREATE) {
            return new PartTreeStoreQuery(queryMethod, operations);
        }
        Optional<String> text = queryMethod.getDeclaredQuery();
        if (text.isPresent()) {
            return declared(queryMethod, text.get());
        }
        String name = queryMethod.getNamedQueryName();
        if (namedQueries.hasQuery(name)) {
            return declared(queryMethod, namedQueries.getQuery(name));
        }
        if (key == Key.USE_DECLARED_QUERY) {
            throw new IllegalArgumentException(
                    "%s has no @Query, and there is no named query %s".formatted(queryMethod, name));
        }
        return new PartTreeStoreQuery(queryMethod, operations);
    }

    private RepositoryQuery declared(StoreQueryMethod method, String text) {
        return switch (StatementText.verb(text)) {
            case "select" -> new RowsStoreQuery(method, text, operations, expressions);
            case "update" -> new UpdateStoreQuery(method, text, operations, expressions);
            default -> new StringBasedStoreQuery(method, text, operations, expressions);
        };
    }
}
