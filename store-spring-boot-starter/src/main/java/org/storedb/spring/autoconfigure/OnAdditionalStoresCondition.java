package org.storedb.spring.autoconfigure;

import org.springframework.boot.autoconfigure.condition.ConditionMessage;
import org.springframework.boot.autoconfigure.condition.ConditionOutcome;
import org.springframework.boot.autoconfigure.condition.SpringBootCondition;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.core.type.AnnotatedTypeMetadata;

/** Condition that matches if {@code store.additional.*} describes any store. */
class OnAdditionalStoresCondition extends SpringBootCondition {

    @Override
    public ConditionOutcome getMatchOutcome(ConditionContext context, AnnotatedTypeMetadata metadata) {
        ConditionMessage.Builder message = ConditionMessage.forCondition("additional stores");
        return AdditionalStores.areIn(context.getEnvironment())
                ? ConditionOutcome.match(message.because("'%s' is set".formatted(AdditionalStores.PREFIX)))
                : ConditionOutcome.noMatch(message.because("'%s' is not set".formatted(AdditionalStores.PREFIX)));
    }
}
