package org.storedb.spring.data.repository.support;

import java.lang.reflect.Method;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.data.projection.ProjectionFactory;
import org.springframework.data.repository.core.EntityInformation;
import org.springframework.data.repository.core.NamedQueries;
import org.springframework.data.repository.core.RepositoryInformation;
import org.springframework.data.repository.core.RepositoryMetadata;
import org.springframework.data.repository.core.support.PersistentEntityInformation;
import org.springframework.data.repository.core.support.RepositoryFactorySupport;
import org.springframework.data.repository.query.QueryLookupStrategy;
import org.springframework.data.repository.query.RepositoryQuery;
import org.springframework.data.repository.query.ValueExpressionDelegate;
import org.storedb.spring.data.core.StoreOperations;
import org.storedb.spring.data.repository.query.PartTreeStoreQuery;
import org.storedb.spring.data.repository.query.StoreQueryMethod;

/** Makes repositories over {@link StoreOperations}. */
public class StoreRepositoryFactory extends RepositoryFactorySupport {

    private final StoreOperations operations;

    public StoreRepositoryFactory(StoreOperations operations) {
        this.operations = operations;
    }

    @Override
    public EntityInformation<?, ?> getEntityInformation(RepositoryMetadata metadata) {
        return new PersistentEntityInformation<>(
                operations.getConverter().codec(metadata.getDomainType()).entity());
    }

    @Override
    protected Object getTargetRepository(RepositoryInformation information) {
        Object repository =
                getTargetRepositoryViaReflection(information, getEntityInformation(information), operations);
        if (repository instanceof SimpleStoreRepository<?, ?> store) {
            store.setProjectionFactory(getProjectionFactory());
        }
        return repository;
    }

    @Override
    protected Class<?> getRepositoryBaseClass(RepositoryMetadata metadata) {
        return SimpleStoreRepository.class;
    }

    @Override
    protected Optional<QueryLookupStrategy> getQueryLookupStrategy(
            QueryLookupStrategy.@Nullable Key key, ValueExpressionDelegate valueExpressionDelegate) {
        return Optional.of(this::derivedQuery);
    }

    private RepositoryQuery derivedQuery(
            Method method, RepositoryMetadata metadata, ProjectionFactory factory, NamedQueries namedQueries) {
        return new PartTreeStoreQuery(new StoreQueryMethod(method, metadata, factory), operations);
    }
}
