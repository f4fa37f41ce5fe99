package org.storedb.spring.data.change;

import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.springframework.aop.scope.ScopedObject;
import org.springframework.aop.support.AopUtils;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.core.MethodIntrospector;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.core.annotation.AnnotationUtils;
import org.springframework.stereotype.Component;
import org.springframework.util.ClassUtils;
import org.springframework.util.StringUtils;
import org.storedb.spring.data.core.StoreTemplate;

/**
 * Bean post-processor that finds the methods annotated with {@link StoreChangeListener} and passes them to the
 * {@link StoreChangeListeners}.
 */
public class StoreChangeListenerPostProcessor implements BeanPostProcessor, SmartInitializingSingleton {

    private final ConfigurableListableBeanFactory beans;
    private final List<Found> found = new ArrayList<>(); // guarded by this
    private boolean complete; // guarded by this

    public StoreChangeListenerPostProcessor(ConfigurableListableBeanFactory beans) {
        this.beans = beans;
    }

    @Override
    public Object postProcessAfterInitialization(Object bean, String beanName) {
        methodsOf(AopUtils.getTargetClass(bean)).forEach((method, annotation) -> {
            requireSingleton(bean, beanName, method);
            found(new Found(bean, beanName, method, annotation));
        });
        return bean;
    }

    /**
     * Requires a singleton: a registration is permanent, but beans of another scope may exist any number of times, or
     * not until requested.
     */
    private void requireSingleton(Object bean, String beanName, Method method) {
        boolean isScoped =
                bean instanceof ScopedObject || (beans.containsBean(beanName) && !beans.isSingleton(beanName));
        if (isScoped) {
            throw new IllegalStateException(
                    "The @StoreChangeListener %s.%s is in the bean '%s', which is not a singleton; move it to a bean that is one"
                            .formatted(method.getDeclaringClass().getName(), method.getName(), beanName));
        }
    }

    /** Returns whether a class has annotated methods, so that its beans must be created at startup. */
    public static boolean isListener(Class<?> type) {
        return !methodsOf(ClassUtils.getUserClass(type)).isEmpty();
    }

    private static Map<Method, StoreChangeListener> methodsOf(Class<?> type) {
        return mayListen(type)
                ? MethodIntrospector.selectMethods(type, (MethodIntrospector.MetadataLookup<StoreChangeListener>)
                        method -> AnnotatedElementUtils.findMergedAnnotation(method, StoreChangeListener.class))
                : Map.of();
    }

    /**
     * Returns whether a class may have annotated methods. Most beans of a small application are Spring's own, and
     * examining all their methods takes time.
     */
    private static boolean mayListen(Class<?> type) {
        boolean isOfSpring = type.getName().startsWith("org.springframework.");
        return (!isOfSpring || AnnotatedElementUtils.isAnnotated(type, Component.class))
                && AnnotationUtils.isCandidateClass(type, StoreChangeListener.class);
    }

    /** Adds a method once all singletons exist, since its template may need some of them. */
    private synchronized void found(Found method) {
        if (complete) {
            add(method);
        } else {
            found.add(method);
        }
    }

    @Override
    public synchronized void afterSingletonsInstantiated() {
        complete = true;
        found.forEach(this::add);
        found.clear();
    }

    private void add(Found method) {
        StoreChangeListener annotation = method.annotation();
        StoreTemplate template = annotation.template().isEmpty()
                ? beans.getBean(StoreTemplate.class)
                : beans.getBean(annotation.template(), StoreTemplate.class);
        Method callable =
                AopUtils.selectInvocableMethod(method.method(), method.bean().getClass());
        String name = beans.resolveEmbeddedValue(annotation.name());
        beans.getBean(StoreChangeListeners.class)
                .add(
                        new ChangeMethod(method.bean(), method.beanName(), callable, annotation, template),
                        annotation,
                        StringUtils.hasText(name) ? name : "");
    }

    private record Found(Object bean, String beanName, Method method, StoreChangeListener annotation) {}
}
