package org.storedb.spring.data.repository.support;

import java.lang.reflect.Modifier;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.data.projection.ProjectionFactory;
import org.springframework.data.querydsl.QuerydslUtils;
import org.springframework.data.repository.core.EntityInformation;
import org.springframework.data.repository.core.RepositoryInformation;
import org.springframework.data.repository.core.RepositoryMetadata;
import org.springframework.data.repository.core.support.PersistentEntityInformation;
import org.springframework.data.repository.core.support.RepositoryComposition.RepositoryFragments;
import org.springframework.data.repository.core.support.RepositoryFactorySupport;
import org.springframework.data.repository.query.QueryLookupStrategy;
import org.springframework.data.repository.query.ValueExpressionDelegate;
import org.storedb.spring.data.core.EntityProjectionFactory;
import org.storedb.spring.data.core.StoreOperations;
import org.storedb.spring.data.core.convert.MappingDocumentCodec;
import org.storedb.spring.data.core.convert.StoreConverter;
import org.storedb.spring.data.core.mapping.StorePersistentEntity;
import org.storedb.spring.data.core.mapping.StorePersistentProperty;
import org.storedb.spring.data.repository.query.StoreQueryLookupStrategy;

/** Factory of repositories over {@link StoreOperations}. */
public class StoreRepositoryFactory extends RepositoryFactorySupport {

    private final StoreOperations operations;
    private @Nullable BeanFactory beans;

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
        requireIdsOfEntity(information);
        requireOneCollection(information);
        operations.prepareRepository(information.getDomainType());
        Object repository =
                getTargetRepositoryViaReflection(information, getEntityInformation(information), operations);
        if (repository instanceof SimpleStoreRepository<?, ?> store) {
            store.setProjectionFactory(getProjectionFactory());
        }
        return repository;
    }

    /** Rejects a repository whose id type would never match an entity. */
    private void requireIdsOfEntity(RepositoryMetadata metadata) {
        MappingDocumentCodec<?> codec = operations.getConverter().codec(metadata.getDomainType());
        if (!codec.takesIds(metadata.getIdType())) {
            StorePersistentProperty id = codec.idProperty();
            throw new IllegalArgumentException(
                    "%s has ids of type %s, but '%s' of %s is a %s; declare the repository with the type of the property"
                            .formatted(
                                    metadata.getRepositoryInterface().getName(),
                                    metadata.getIdType().getName(),
                                    id.getName(),
                                    metadata.getDomainType().getName(),
                                    id.getType().getName()));
        }
    }

    /** Rejects a repository of an abstract class that would not find what it stores. */
    private void requireOneCollection(RepositoryMetadata metadata) {
        StoreConverter converter = operations.getConverter();
        Class<?> type = metadata.getDomainType();
        if (!Modifier.isAbstract(type.getModifiers())) {
            return;
        }
        String collection = converter.codec(type).entity().getCollectionName();
        for (StorePersistentEntity<?> subclass : converter.getMappingContext().getSubclasses(type)) {
            if (!subclass.getCollectionName().equals(collection)) {
                throw new IllegalArgumentException(
                        "%s would not find what it stores: it queries '%s', but a %s is stored in '%s'; annotate %s with @Document, and none of its subclasses"
                                .formatted(
                                        metadata.getRepositoryInterface().getName(),
                                        collection,
                                        subclass.getType().getName(),
                                        subclass.getCollectionName(),
                                        type.getName()));
            }
        }
    }

    @Override
    public void setBeanFactory(BeanFactory beanFactory) {
        super.setBeanFactory(beanFactory);
        this.beans = beanFactory;
    }

    @Override
    protected ProjectionFactory getProjectionFactory(
            @Nullable ClassLoader classLoader, @Nullable BeanFactory beanFactory) {
        EntityProjectionFactory projections = new EntityProjectionFactory();
        if (classLoader != null) {
            projections.setBeanClassLoader(classLoader);
        }
        if (beanFactory != null) {
            projections.setBeanFactory(beanFactory);
        }
        return projections;
    }

    /** Adds Querydsl predicates and full-text search if they are present and the repository declares them. */
    @Override
    protected RepositoryFragments getRepositoryFragments(RepositoryMetadata metadata) {
        RepositoryFragments fragments = RepositoryFragments.empty();
        if (QuerydslUtils.QUERY_DSL_PRESENT) {
            fragments = fragments.append(QuerydslFragments.of(metadata, operations, getProjectionFactory()));
        }
        return TextSearchFragments.PRESENT
                ? fragments.append(TextSearchFragments.of(metadata, operations, beans))
                : fragments;
    }

    @Override
    protected Class<?> getRepositoryBaseClass(RepositoryMetadata metadata) {
        return SimpleStoreRepository.class;
    }

    @Override
    protected Optional<QueryLookupStrategy> getQueryLookupStrategy(
            QueryLookupStrategy.@Nullable Key key, ValueExpressionDelegate valueExpressionDelegate) {
        QueryLookupStrategy.Key strategy = key == null ? QueryLookupStrategy.Key.CREATE_IF_NOT_FOUND : key;
        return Optional.of(new StoreQueryLookupStrategy(strategy, operations, valueExpressionDelegate));
    }
}
