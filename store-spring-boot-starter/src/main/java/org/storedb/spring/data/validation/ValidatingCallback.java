package org.storedb.spring.data.validation;

import jakarta.validation.ConstraintViolation;
import jakarta.validation.ConstraintViolationException;
import jakarta.validation.Validator;
import java.util.Set;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.core.Ordered;
import org.storedb.spring.data.core.event.StoreBeforeSaveCallback;

/**
 * Keeps entities from being stored that violate their Bean Validation constraints. Comes after the application's own
 * callbacks, whether they ask for a place or not, since they may still set what is missing.
 */
public class ValidatingCallback implements StoreBeforeSaveCallback<Object>, Ordered {

    private final ObjectProvider<Validator> validator;

    /** The validator is asked for late: it may need beans that need the store. */
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
        return LOWEST_PRECEDENCE; // A callback without an order has this one, too, and is registered before.
    }
}
