package org.storedb.spring.data.core.mapping;

import org.springframework.data.mapping.Association;
import org.springframework.data.mapping.PersistentEntity;
import org.springframework.data.mapping.model.AnnotationBasedPersistentProperty;
import org.springframework.data.mapping.model.Property;
import org.springframework.data.mapping.model.SimpleTypeHolder;
import org.storedb.document.DocumentCodec;

/** A property of an entity or of an object nested in one. */
public class StorePersistentProperty extends AnnotationBasedPersistentProperty<StorePersistentProperty> {

    private final String fieldName;

    public StorePersistentProperty(
            Property property, PersistentEntity<?, StorePersistentProperty> owner, SimpleTypeHolder simpleTypes) {
        super(property, owner, simpleTypes);
        this.fieldName = determineFieldName();
    }

    /** Name of the field in the stored document; that of an id property is always {@code id}. */
    public String getFieldName() {
        return fieldName;
    }

    /** Whether the property is an id: annotated as one, or named {@code id}. */
    @Override
    public boolean isIdProperty() {
        return isExplicitIdProperty() || getName().equals(DocumentCodec.ID_FIELD);
    }

    boolean isExplicitIdProperty() {
        return super.isIdProperty();
    }

    @Override
    protected Association<StorePersistentProperty> createAssociation() {
        return new Association<>(this, null);
    }

    private String determineFieldName() {
        if (isIdProperty()) {
            return DocumentCodec.ID_FIELD;
        }
        FieldName annotation = findAnnotation(FieldName.class);
        return annotation == null ? getName() : annotation.value();
    }
}
