package org.storedb.spring.autoconfigure;

import jakarta.validation.Validator;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnSingleCandidate;
import org.springframework.context.annotation.Bean;
import org.storedb.Store;
import org.storedb.spring.data.validation.ValidatingCallback;

/** Auto-configuration that validates entities before they are stored, if the application has a validator. */
@AutoConfiguration(
        after = StoreAutoConfiguration.class,
        afterName = "org.springframework.boot.validation.autoconfigure.ValidationAutoConfiguration")
@ConditionalOnClass(Validator.class)
@ConditionalOnBean(Validator.class)
@ConditionalOnSingleCandidate(Store.class)
@ConditionalOnBooleanProperty(name = "store.validation.enabled", matchIfMissing = true)
public final class StoreValidationAutoConfiguration {

    @Bean
    @ConditionalOnMissingBean
    ValidatingCallback storeValidatingCallback(ObjectProvider<Validator> validator) {
        return new ValidatingCallback(validator);
    }
}
