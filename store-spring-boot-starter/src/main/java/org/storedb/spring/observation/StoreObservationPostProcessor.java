package org.storedb.spring.observation;

import io.micrometer.observation.ObservationRegistry;
import org.springframework.aop.framework.ProxyFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.data.projection.DefaultMethodInvokingMethodInterceptor;
import org.springframework.util.function.SingletonSupplier;
import org.storedb.spring.data.core.StoreOperations;

/**
 * Bean post-processor that wraps every {@link StoreOperations} bean in a proxy that observes each call, so that
 * observation costs nothing if this is not a bean.
 */
public class StoreObservationPostProcessor implements BeanPostProcessor {

    private final SingletonSupplier<ObservationRegistry> registry;

    public StoreObservationPostProcessor(ObjectProvider<ObservationRegistry> registry) {
        this.registry = SingletonSupplier.of(() -> registry.getIfUnique(() -> ObservationRegistry.NOOP));
    }

    @Override
    public Object postProcessAfterInitialization(Object bean, String beanName) {
        if (!(bean instanceof StoreOperations operations)) {
            return bean;
        }
        ProxyFactory factory = new ProxyFactory(bean);
        factory.setProxyTargetClass(true);
        factory.addAdvice(new StoreOperationObserver(
                registry::obtain, operations.getConverter().getMappingContext()));
        factory.addAdvice(new DefaultMethodInvokingMethodInterceptor()); // The calls they make are observed, too.
        return factory.getProxy(bean.getClass().getClassLoader());
    }
}
