package org.storedb.spring.data.repository.support;

import org.jspecify.annotations.Nullable;
import org.springframework.data.querydsl.QuerydslUtils;
import org.springframework.data.repository.Repository;
import org.springframework.data.repository.core.support.RepositoryComposition.RepositoryFragments;
import org.springframework.data.repository.core.support.RepositoryFactorySupport;
import org.springframework.data.repository.core.support.RepositoryFragmentsContributor;
import org.springframework.data.repository.core.support.TransactionalRepositoryFactoryBeanSupport;
import org.springframework.util.Assert;
import org.storedb.spring.data.core.StoreOperations;

/** Makes one repository bean. */
public class StoreRepositoryFactoryBean<T extends Repository<S, ID>, S, ID>
        extends TransactionalRepositoryFactoryBeanSupport<T, S, ID> {

    private @Nullable StoreOperations operations;

    public StoreRepositoryFactoryBean(Class<? extends T> repositoryInterface) {
        super(repositoryInterface);
    }

    public void setStoreOperations(StoreOperations newOperations) {
        this.operations = newOperations;
        setMappingContext(newOperations.getConverter().getMappingContext());
    }

    @Override
    protected RepositoryFactorySupport doCreateRepositoryFactory() {
        Assert.state(operations != null, "A store repository needs StoreOperations");
        return new StoreRepositoryFactory(operations);
    }

    @Override
    public void afterPropertiesSet() {
        Assert.state(operations != null, "A store repository needs StoreOperations");
        super.afterPropertiesSet();
    }

    /** What is added to the repository, as processing ahead of time wants to know it. */
    @Override
    public RepositoryFragmentsContributor getRepositoryFragmentsContributor() {
        return metadata -> {
            RepositoryFragments fragments = RepositoryFragments.empty();
            if (QuerydslUtils.QUERY_DSL_PRESENT) {
                fragments = fragments.append(QuerydslFragments.describe(metadata));
            }
            return TextSearchFragments.PRESENT ? fragments.append(TextSearchFragments.describe(metadata)) : fragments;
        };
    }
}
