package org.storedb.spring.data.core.mapping;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.core.annotation.MergedAnnotation;
import org.springframework.core.annotation.MergedAnnotations;
import org.springframework.core.annotation.MergedAnnotations.SearchStrategy;
import org.springframework.data.annotation.TypeAlias;
import org.springframework.data.core.TypeInformation;
import org.springframework.data.mapping.IdentifierAccessor;
import org.springframework.data.mapping.MappingException;
import org.springframework.data.mapping.PersistentPropertyAccessor;
import org.springframework.data.mapping.model.BasicPersistentEntity;
import org.springframework.util.StringUtils;

/** A class whose instances are stored: as documents of a collection, or nested in other documents. */
public class StorePersistentEntity<T> extends BasicPersistentEntity<T, StorePersistentProperty> {

    /** Field that holds the type alias of an object's class. */
    public static final String TYPE_FIELD = "_type";

    private final String collectionName;
    private final boolean ownCollection;
    private final @Nullable Class<?> namesake;
    private final @Nullable String ownTypeAlias;

    public StorePersistentEntity(TypeInformation<T> type) {
        super(type);
        MergedAnnotations annotations = MergedAnnotations.from(type.getType(), SearchStrategy.TYPE_HIERARCHY);
        MergedAnnotation<Document> document = annotations.get(Document.class);
        this.collectionName = collectionName(document, type.getType());
        this.ownCollection = annotations.stream(Document.class)
                .noneMatch(each -> declaringClass(each, type.getType()) != type.getType()
                        && collectionName(each, type.getType()).equals(collectionName));
        this.namesake = givenName(document).isEmpty() ? declaringClass(document, type.getType()) : null;
        TypeAlias alias = type.getType().getDeclaredAnnotation(TypeAlias.class);
        this.ownTypeAlias = alias == null ? null : alias.value();
    }

    private static String collectionName(MergedAnnotation<Document> document, Class<?> type) {
        String given = givenName(document);
        return given.isEmpty()
                ? StringUtils.uncapitalize(declaringClass(document, type).getSimpleName())
                : given;
    }

    private static String givenName(MergedAnnotation<Document> document) {
        return document.getValue("value", String.class).orElse("");
    }

    private static Class<?> declaringClass(MergedAnnotation<Document> document, Class<?> type) {
        return document.getSource() instanceof Class<?> declaring ? declaring : type;
    }

    /**
     * Returns the name of the collection. A class without its own {@link Document} is stored where the class is that it
     * inherits it from.
     */
    public String getCollectionName() {
        return collectionName;
    }

    /** Returns the class whose simple name is that of the collection; {@code null} if an annotation names it. */
    public @Nullable Class<?> getCollectionNamesake() {
        return namesake;
    }

    /** Returns whether the collection belongs to this class, and not to a superclass, even if this class names it again. */
    public boolean hasOwnCollection() {
        return ownCollection;
    }

    /** Returns the alias in documents of the class itself, not of a superclass; {@code null} if it has none. */
    public @Nullable String getOwnTypeAlias() {
        return ownTypeAlias;
    }

    /** Returns whether an object is only ever replaced as a whole, as are records that are created from all properties. */
    @Override
    public boolean isImmutable() {
        return super.isImmutable() || (getType().isRecord() && isCreatedFromAllProperties());
    }

    private boolean isCreatedFromAllProperties() {
        for (StorePersistentProperty property : this) {
            if (!isCreatorArgument(property)) {
                return false; // It is set afterwards, which is not done for immutable ones.
            }
        }
        return true;
    }

    /** Prefers an annotated id property to one that is only named {@code id}. */
    @Override
    protected @Nullable StorePersistentProperty returnPropertyIfBetterIdPropertyCandidateOrNull(
            StorePersistentProperty property) {
        StorePersistentProperty current = getIdProperty();
        if (current == null || !property.isIdProperty()) {
            return super.returnPropertyIfBetterIdPropertyCandidateOrNull(property);
        }
        if (current.isExplicitIdProperty() && property.isExplicitIdProperty()) {
            throw new MappingException("%s has two id properties, '%s' and '%s'; remove one annotation"
                    .formatted(getType().getName(), current.getName(), property.getName()));
        }
        return property.isExplicitIdProperty() ? property : null;
    }

    /** Returns an accessor; for an entity that is loaded on demand, one of the loaded entity. */
    @Override
    public <B> PersistentPropertyAccessor<B> getPropertyAccessor(B bean) {
        return super.getPropertyAccessor(itself(bean));
    }

    @Override
    public IdentifierAccessor getIdentifierAccessor(Object bean) {
        return super.getIdentifierAccessor(itself(bean));
    }

    @SuppressWarnings("unchecked") // the loaded entity is of the class of its proxy
    private static <B> B itself(B bean) {
        return bean instanceof LoadedOnDemand reference ? (B) reference.referredEntity() : bean;
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
        if (fieldName.equals(TYPE_FIELD)) {
            throw new MappingException(
                    "Property '%s' of %s cannot be stored in the field '%s', which is reserved for the type alias"
                            .formatted(property.getName(), getType().getName(), fieldName));
        }
        if (fieldName.isBlank() || fieldName.indexOf('.') >= 0) {
            throw new MappingException(
                    "Property '%s' of %s cannot be stored in a field named '%s': a name is not blank and has no dots"
                            .formatted(property.getName(), getType().getName(), fieldName));
        }
    }
}
