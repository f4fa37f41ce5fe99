package org.storedb.spring.data.core.mapping;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.data.core.TypeInformation;
import org.springframework.data.mapping.MappingException;
import org.springframework.data.mapping.model.BasicPersistentEntity;
import org.springframework.util.StringUtils;

/** A class whose instances are stored: as documents of a collection, or nested in other documents. */
public class StorePersistentEntity<T> extends BasicPersistentEntity<T, StorePersistentProperty> {

    private final String collectionName;

    public StorePersistentEntity(TypeInformation<T> type) {
        super(type);
        Document document = findAnnotation(Document.class);
        this.collectionName = document == null || document.value().isEmpty()
                ? StringUtils.uncapitalize(type.getType().getSimpleName())
                : document.value();
    }

    public String getCollectionName() {
        return collectionName;
    }

    /** An annotated id property wins over one that is only named {@code id}. */
    @Override
    protected @Nullable StorePersistentProperty returnPropertyIfBetterIdPropertyCandidateOrNull(
            StorePersistentProperty property) {
        StorePersistentProperty current = getIdProperty();
        if (current == null || !property.isIdProperty()) {
            return super.returnPropertyIfBetterIdPropertyCandidateOrNull(property);
        }
        if (current.isExplicitIdProperty() && property.isExplicitIdProperty()) {
            throw new MappingException("%s has two id properties, '%s' and '%s'; leave one annotation away"
                    .formatted(getType().getName(), current.getName(), property.getName()));
        }
        return property.isExplicitIdProperty() ? property : null;
    }

    @Override
    public void verify() {
        super.verify();
        Map<String, StorePersistentProperty> byFieldName = new HashMap<>();
        for (StorePersistentProperty property : this) {
            verifyFieldName(property);
            StorePersistentProperty other = byFieldName.put(property.getFieldName(), property);
            if (other != null) {
                throw new MappingException(
                        "Properties '%s' and '%s' of %s are both stored in the field '%s'; name one with @FieldName"
                                .formatted(
                                        other.getName(),
                                        property.getName(),
                                        getType().getName(),
                                        property.getFieldName()));
            }
        }
    }

    private void verifyFieldName(StorePersistentProperty property) {
        String fieldName = property.getFieldName();
        if (fieldName.isBlank() || fieldName.indexOf('.') >= 0) {
            throw new MappingException(
                    "Property '%s' of %s cannot be stored in a field named '%s': a name is not blank and has no dots"
                            .formatted(property.getName(), getType().getName(), fieldName));
        }
    }
}
