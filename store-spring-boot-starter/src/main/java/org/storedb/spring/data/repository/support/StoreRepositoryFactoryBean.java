package org.storedb.spring.data.repository.support;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.BeanFactoryUtils;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.beans.factory.NoSuchBeanDefinitionException;
import org.springframework.beans.factory.config.AutowireCapableBeanFactory;
import org.springframework.beans.factory.config.NamedBeanHolder;
import org.springframework.data.querydsl.QuerydslUtils;
import org.springframework.data.repository.Repository;
import org.springframework.data.repository.core.support.RepositoryComposition.RepositoryFragments;
import org.springframework.data.repository.core.support.RepositoryFactorySupport;
import org.springframework.data.repository.core.support.RepositoryFragmentsContributor;
import org.springframework.data.repository.core.support.TransactionalRepositoryFactoryBeanSupport;
import org.springframework.util.Assert;
import org.storedb.spring.data.core.StoreOperations;
import org.storedb.spring.data.core.StoreTemplate;
import org.storedb.spring.transaction.StoreTransactionManager;

/**
 * Factory bean of one repository. Unless configured otherwise, it uses the template and the transaction manager with
 * the default names, or else the only or primary beans of their types. With a template over another store than that of
 * this transaction manager, it uses the only one of the same store.
 */
public class StoreRepositoryFactoryBean<T extends Repository<S, ID>, S, ID>
        extends TransactionalRepositoryFactoryBeanSupport<T, S, ID> {

    /** Name of the template bean that repositories use unless configured otherwise. */
    public static final String DEFAULT_OPERATIONS = "storeTemplate";

    private @Nullable StoreOperations operations;
    private String transactionManager = StoreTransactionManager.BEAN_NAME;

    public StoreRepositoryFactoryBean(Class<? extends T> repositoryInterface) {
        super(repositoryInterface);
    }

    public void setStoreOperations(StoreOperations newOperations) {
        this.operations = newOperations;
        setMappingContext(newOperations.getConverter().getMappingContext());
    }

    @Override
    public void setTransactionManager(String beanName) {
        transactionManager = beanName;
        super.setTransactionManager(beanName);
    }

    @Override
    public void setBeanFactory(BeanFactory beans) {
        StoreOperations used = operations;
        if (used != null) {
            transactionManager = managerOfSameStore(used, beans);
        } else {
            used = beans.containsBean(DEFAULT_OPERATIONS)
                    ? beans.getBean(DEFAULT_OPERATIONS, StoreOperations.class)
                    : beans.getBean(StoreOperations.class);
            setStoreOperations(used);
        }
        setTransactionManager(transactionManagerFor(used, beans));
        super.setBeanFactory(beans);
    }

    /** Returns the only transaction manager of the same store if the default one belongs to another. */
    private String managerOfSameStore(StoreOperations used, BeanFactory beans) {
        if (!transactionManager.equals(StoreTransactionManager.BEAN_NAME)
                || !(used instanceof StoreTemplate template)
                || !(beans instanceof ListableBeanFactory all)) {
            return transactionManager;
        }
        List<String> own = Arrays.stream(
                        BeanFactoryUtils.beanNamesForTypeIncludingAncestors(all, StoreTransactionManager.class))
                .filter(name ->
                        all.getBean(name, StoreTransactionManager.class).getResourceFactory() == template.getStore())
                .toList();
        return own.size() != 1 ? transactionManager : own.get(0);
    }

    private String transactionManagerFor(StoreOperations used, BeanFactory beans) {
        if (!transactionManager.equals(StoreTransactionManager.BEAN_NAME)
                || beans.containsBean(transactionManager)
                || !(beans instanceof AutowireCapableBeanFactory capable)) {
            return transactionManager;
        }
        try {
            NamedBeanHolder<StoreTransactionManager> manager = capable.resolveNamedBean(StoreTransactionManager.class);
            boolean ofOtherStore = used instanceof StoreTemplate template
                    && template.getStore() != manager.getBeanInstance().getResourceFactory();
            return ofOtherStore ? transactionManager : manager.getBeanName();
        } catch (NoSuchBeanDefinitionException e) {
            return transactionManager; // Reported by the first method that needs a transaction, if there is one.
        }
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

    /** Describes the fragments added to the repository, for ahead-of-time processing. */
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
