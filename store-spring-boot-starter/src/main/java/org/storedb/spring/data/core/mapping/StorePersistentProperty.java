package org.storedb.spring.data.core.mapping;

import org.springframework.data.core.TypeInformation;
import org.springframework.data.mapping.Association;
import org.springframework.data.mapping.PersistentEntity;
import org.springframework.data.mapping.model.AnnotationBasedPersistentProperty;
import org.springframework.data.mapping.model.FieldNamingStrategy;
import org.springframework.data.mapping.model.Property;
import org.springframework.data.mapping.model.SimpleTypeHolder;
import org.storedb.document.DocumentCodec;

/** A property of an entity or of an object nested in one. */
public class StorePersistentProperty extends AnnotationBasedPersistentProperty<StorePersistentProperty> {

    /** Field that holds the parts of a composite id. */
    public static final String COMPOSITE_ID_FIELD = "_id";

    private final String fieldName;

    public StorePersistentProperty(
            Property property,
            PersistentEntity<?, StorePersistentProperty> owner,
            SimpleTypeHolder simpleTypes,
            FieldNamingStrategy fieldNaming) {
        super(property, owner, simpleTypes);
        this.fieldName = determineFieldName(fieldNaming);
    }

    /**
     * Returns the name of the field in the stored document: that in {@link FieldName}, or else {@code id} for an id,
     * {@value #COMPOSITE_ID_FIELD} for a composite one, and for others the result of the application's naming strategy.
     */
    public String getFieldName() {
        return fieldName;
    }

    /** Returns whether the property is an id: annotated as one, or named {@code id}. */
    @Override
    public boolean isIdProperty() {
        return isExplicitIdProperty() || getName().equals(DocumentCodec.ID_FIELD);
    }

    /**
     * Returns whether the property leads to an entity: its value, the elements of a collection or the values of a map.
     * No path of properties leads to those of a container inside a container.
     */
    @Override
    public boolean isEntity() {
        TypeInformation<?> actualType = getActualTypeInformation();
        return super.isEntity() && actualType.equals(actualType.getActualType());
    }

    boolean isExplicitIdProperty() {
        return super.isIdProperty();
    }

    @Override
    protected Association<StorePersistentProperty> createAssociation() {
        return new Association<>(this, null);
    }

    private String determineFieldName(FieldNamingStrategy fieldNaming) {
        FieldName annotation = findAnnotation(FieldName.class);
        if (annotation != null) {
            return annotation.value();
        }
        if (isIdProperty()) {
            return isEntity() ? COMPOSITE_ID_FIELD : DocumentCodec.ID_FIELD;
        }
        return fieldNaming.getFieldName(this);
    }
}
