package org.storedb.spring.data.auditing;

import java.lang.annotation.Annotation;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.beans.factory.support.AbstractBeanDefinition;
import org.springframework.beans.factory.support.BeanDefinitionBuilder;
import org.springframework.beans.factory.support.BeanDefinitionRegistry;
import org.springframework.data.auditing.IsNewAwareAuditingHandler;
import org.springframework.data.auditing.config.AuditingBeanDefinitionRegistrarSupport;
import org.springframework.data.auditing.config.AuditingConfiguration;
import org.springframework.data.config.ParsingUtils;
import org.springframework.data.mapping.context.PersistentEntities;
import org.storedb.spring.data.core.StoreOperations;

/** Registrar of the auditing that {@link EnableStoreAuditing} enables. */
class StoreAuditingRegistrar extends AuditingBeanDefinitionRegistrarSupport {

    private static final String HANDLER = "storeAuditingHandler";
    private static final String CALLBACK = "storeAuditingCallback";

    @Override
    protected Class<? extends Annotation> getAnnotation() {
        return EnableStoreAuditing.class;
    }

    @Override
    protected String getAuditingHandlerBeanName() {
        return HANDLER;
    }

    @Override
    protected BeanDefinitionBuilder getAuditHandlerBeanDefinitionBuilder(AuditingConfiguration configuration) {
        BeanDefinitionBuilder entities = BeanDefinitionBuilder.rootBeanDefinition(StorePersistentEntities.class)
                .setAutowireMode(AbstractBeanDefinition.AUTOWIRE_CONSTRUCTOR);
        return configureDefaultAuditHandlerAttributes(
                configuration,
                BeanDefinitionBuilder.rootBeanDefinition(IsNewAwareAuditingHandler.class)
                        .addConstructorArgValue(entities.getBeanDefinition()));
    }

    @Override
    protected void registerAuditListenerBeanDefinition(
            BeanDefinition auditingHandlerDefinition, BeanDefinitionRegistry registry) {
        BeanDefinitionBuilder callback = BeanDefinitionBuilder.rootBeanDefinition(AuditingCallback.class)
                .addConstructorArgValue(ParsingUtils.getObjectFactoryBeanDefinition(HANDLER, null));
        registerInfrastructureBeanWithId(callback.getBeanDefinition(), CALLBACK, registry);
    }

    /** The entities of all stores of the application. */
    static final class StorePersistentEntities extends PersistentEntities {
        StorePersistentEntities(ObjectProvider<StoreOperations> operations) {
            super(operations.stream()
                    .map(each -> each.getConverter().getMappingContext())
                    .distinct()
                    .toList());
        }
    }
}
