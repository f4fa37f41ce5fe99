package org.storedb.spring.autoconfigure;

import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.autoconfigure.AutoConfigurationPackages;
import org.springframework.boot.autoconfigure.condition.ConditionMessage;
import org.springframework.boot.autoconfigure.condition.ConditionOutcome;
import org.springframework.boot.autoconfigure.condition.SpringBootCondition;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.context.annotation.ConfigurationCondition;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.core.io.Resource;
import org.springframework.core.io.ResourceLoader;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;
import org.springframework.core.io.support.ResourcePatternResolver;
import org.springframework.core.type.AnnotatedTypeMetadata;
import org.springframework.core.type.classreading.CachingMetadataReaderFactory;
import org.springframework.core.type.classreading.MetadataReader;
import org.springframework.core.type.classreading.MetadataReaderFactory;
import org.springframework.core.type.filter.AnnotationTypeFilter;
import org.springframework.core.type.filter.AssignableTypeFilter;
import org.springframework.core.type.filter.TypeFilter;
import org.springframework.data.repository.Repository;
import org.springframework.data.repository.RepositoryDefinition;
import org.springframework.util.ClassUtils;

/**
 * Condition that matches if any type in the application's packages could be a repository, of whichever module: only
 * then is most of Spring Data loaded. Class files are examined in the same way as by Spring Data's own scanner, which
 * has the final say. If one cannot be read, or the packages are unknown, the condition matches and leaves it to that
 * scanner to report this.
 */
@Order(Ordered.LOWEST_PRECEDENCE - 1) // Before conditions on beans, which load the classes they name.
class OnRepositoryInterfaceCondition extends SpringBootCondition implements ConfigurationCondition {

    private static final List<TypeFilter> FILTERS = List.of(
            new AssignableTypeFilter(Repository.class),
            new AnnotationTypeFilter(RepositoryDefinition.class, true, true));

    @Override
    public ConfigurationPhase getConfigurationPhase() {
        return ConfigurationPhase.REGISTER_BEAN; // By then the packages are known.
    }

    @Override
    public ConditionOutcome getMatchOutcome(ConditionContext context, AnnotatedTypeMetadata metadata) {
        ConfigurableListableBeanFactory beans = context.getBeanFactory();
        if (beans == null || !AutoConfigurationPackages.has(beans)) {
            return ConditionOutcome.match("the application's packages are not known");
        }
        ConditionMessage.Builder message = ConditionMessage.forCondition("repository interface");
        try {
            String found = find(AutoConfigurationPackages.get(beans), context.getResourceLoader());
            return found == null
                    ? ConditionOutcome.noMatch(message.didNotFind("any").atAll())
                    : ConditionOutcome.match(message.foundExactly(found));
        } catch (IOException | RuntimeException e) {
            return ConditionOutcome.match(message.because("the classes cannot be read: " + e));
        }
    }

    /**
     * Returns the first one, or {@code null}. A later scan of the same classes with the same loader finds them already
     * read.
     */
    private static @Nullable String find(List<String> packageNames, ResourceLoader loader) throws IOException {
        ResourcePatternResolver resources = new PathMatchingResourcePatternResolver(loader);
        MetadataReaderFactory readers = new CachingMetadataReaderFactory(loader);
        for (String packageName : packageNames) {
            String path = ClassUtils.convertClassNameToResourcePath(packageName);
            for (Resource resource : resources.getResources("classpath*:" + path + "/**/*.class")) {
                MetadataReader type = readers.getMetadataReader(resource);
                if (type.getClassMetadata().isInterface() && isRepository(type, readers)) {
                    return type.getClassMetadata().getClassName();
                }
            }
        }
        return null;
    }

    private static boolean isRepository(MetadataReader type, MetadataReaderFactory readers) throws IOException {
        for (TypeFilter filter : FILTERS) {
            if (filter.match(type, readers)) {
                return true;
            }
        }
        return false;
    }
}
