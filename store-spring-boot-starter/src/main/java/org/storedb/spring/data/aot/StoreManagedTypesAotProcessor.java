package org.storedb.spring.data.aot;

import java.lang.reflect.AnnotatedElement;
import java.util.HashSet;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.aot.generate.GenerationContext;
import org.springframework.aot.hint.MemberCategory;
import org.springframework.beans.factory.aot.BeanRegistrationAotContribution;
import org.springframework.beans.factory.support.RegisteredBean;
import org.springframework.core.ResolvableType;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.data.aot.AotContext;
import org.springframework.data.aot.ManagedTypesBeanRegistrationAotProcessor;
import org.springframework.data.convert.ValueConverter;
import org.springframework.data.domain.ManagedTypes;
import org.springframework.data.util.TypeCollector;
import org.storedb.spring.data.core.mapping.StoreManagedTypes;

/**
 * AOT processor that registers the entities of an application, and everything nested in them, for reflection: the types
 * that Spring Data finds by their properties, the classes that sealed types permit, and the converters of individual
 * properties.
 */
class StoreManagedTypesAotProcessor extends ManagedTypesBeanRegistrationAotProcessor {

    private final Set<Class<?>> registered = new HashSet<>();

    StoreManagedTypesAotProcessor() {
        setModuleIdentifier("store");
    }

    @Override
    protected boolean matchesByType(@Nullable Class<?> beanType) {
        return beanType == StoreManagedTypes.class;
    }

    @Override
    protected BeanRegistrationAotContribution contribute(
            AotContext context, ManagedTypes managedTypes, RegisteredBean bean) {
        registered.clear();
        return super.contribute(context, managedTypes, bean);
    }

    @Override
    protected void registerTypeHints(ResolvableType type, AotContext context, GenerationContext generation) {
        Class<?> stored = type.toClass();
        if (!registered.add(stored)) {
            return;
        }
        super.registerTypeHints(type, context, generation);
        registerConverters(stored, generation);
        if (stored.isSealed()) {
            for (Class<?> permitted : stored.getPermittedSubclasses()) {
                TypeCollector.inspect(permitted).forEach(each -> registerTypeHints(each, context, generation));
            }
        }
    }

    private static void registerConverters(Class<?> stored, GenerationContext generation) {
        Stream.<AnnotatedElement[]>of(stored.getDeclaredFields(), stored.getDeclaredMethods())
                .flatMap(Stream::of)
                .map(member -> AnnotatedElementUtils.findMergedAnnotation(member, ValueConverter.class))
                .filter(Objects::nonNull)
                .forEach(annotation -> generation
                        .getRuntimeHints()
                        .reflection()
                        .registerType(annotation.value(), MemberCategory.INVOKE_DECLARED_CONSTRUCTORS));
    }
}
