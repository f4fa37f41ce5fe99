package org.storedb.spring.autoconfigure;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.context.annotation.Bean;
import org.springframework.data.rest.core.config.RepositoryRestConfiguration;
import org.springframework.data.rest.core.mapping.ExposureConfiguration;
import org.springframework.data.rest.webmvc.config.RepositoryRestConfigurer;
import org.springframework.http.HttpMethod;
import org.storedb.spring.data.core.mapping.StoreMappingContext;
import org.storedb.spring.data.core.mapping.StorePersistentEntity;

/**
 * Auto-configuration that rejects replacements that Spring Data REST would report as successful without making them: it
 * replaces an entity by setting the properties of the object that it has read, which leaves a record, or a class with
 * final fields, unchanged.
 */
@AutoConfiguration(after = StoreDataAutoConfiguration.class)
@ConditionalOnClass(RepositoryRestConfigurer.class)
@ConditionalOnBean(StoreMappingContext.class)
public final class StoreDataRestAutoConfiguration {

    @Bean
    RepositoryRestConfigurer storeRepositoryRestConfigurer(StoreMappingContext mappingContext) {
        return RepositoryRestConfigurer.withConfig(configuration -> refuseReplacements(configuration, mappingContext));
    }

    private static void refuseReplacements(RepositoryRestConfiguration configuration, StoreMappingContext entities) {
        ExposureConfiguration exposure = configuration.getExposureConfiguration();
        for (StorePersistentEntity<?> entity : entities.getPersistentEntities()) {
            if (hasFixedProperties(entity)) {
                exposure.forDomainType(entity.getType())
                        .withItemExposure((resource, methods) -> methods.disable(HttpMethod.PUT));
            }
        }
    }

    private static boolean hasFixedProperties(StorePersistentEntity<?> entity) {
        for (var property : entity) {
            if (property.isImmutable() && !property.isIdProperty() && !property.isVersionProperty()) {
                return true;
            }
        }
        return false;
    }
}
