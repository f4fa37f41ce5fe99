package org.storedb.spring.data.validation;

import jakarta.validation.ConstraintViolation;
import jakarta.validation.ConstraintViolationException;
import jakarta.validation.Validator;
import java.util.Set;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.core.Ordered;
import org.storedb.spring.data.core.event.StoreBeforeSaveCallback;

/**
 * Callback that prevents entities that violate their Bean Validation constraints from being stored. Called after the
 * application's own callbacks, with or without an order, since they may still set what is missing.
 */
public class ValidatingCallback implements StoreBeforeSaveCallback<Object>, Ordered {

    private final ObjectProvider<Validator> validator;

    /** Creates a callback. The validator is looked up lazily: it may need beans that need the store. */
    public ValidatingCallback(ObjectProvider<Validator> validator) {
        this.validator = validator;
    }

    /** @throws ConstraintViolationException if a constraint is violated, with all violations in its message */
    @Override
    public Object onBeforeSave(Object entity, String collection) {
        Set<ConstraintViolation<Object>> violations = validator.getObject().validate(entity);
        if (!violations.isEmpty()) {
            throw new ConstraintViolationException(violations);
        }
        return entity;
    }

    @Override
    public int getOrder() {
        return LOWEST_PRECEDENCE; // Callbacks without an order have it as well, but are registered earlier.
    }
}
