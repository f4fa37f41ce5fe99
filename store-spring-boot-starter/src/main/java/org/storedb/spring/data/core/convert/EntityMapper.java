package org.storedb.spring.data.core.convert;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessException;
import org.springframework.data.mapping.MappingException;
import org.springframework.data.mapping.PersistentPropertyAccessor;
import org.springframework.data.mapping.model.EntityInstantiator;
import org.springframework.util.ClassUtils;
import org.storedb.document.DocumentValue;
import org.storedb.document.DocumentWriter;
import org.storedb.document.FieldType;
import org.storedb.document.FieldValues;
import org.storedb.error.StoreException;
import org.storedb.spring.data.core.mapping.StorePersistentEntity;
import org.storedb.spring.data.core.mapping.StorePersistentProperty;

/**
 * Mapper of objects with properties, stored as objects of fields: entities and the objects nested in them. Properties
 * without a value are omitted. If the document lacks a field, its property stays as the class initializes it, or is
 * null, or the default of a primitive.
 */
final class EntityMapper implements ObjectMapper {

    private final StorePersistentEntity<?> entity;
    private final Class<?> type;
    private final PropertyAccess access;
    private final @Nullable PropertyGetter idGetter;
    private final @Nullable PropertyGetter versionGetter;
    private final List<PropertyMapper> properties = new ArrayList<>();
    private final List<PropertyMapper> written = new ArrayList<>();
    private final ObjectWriter allFields = new ObjectWriter();
    private final ObjectWriter fieldsButId = new ObjectWriter();
    private final ObjectReader reader;
    private final EntityCreator creator;
    private final Map<String, PropertyMapper> byName = new HashMap<>();
    private final Map<String, PropertyMapper> byFieldName = new HashMap<>();

    /**
     * Creates a mapper without properties.
     *
     * @throws MappingException if it is not known how to create objects of the class
     */
    EntityMapper(StorePersistentEntity<?> entity, EntityInstantiator instantiator, PropertyAccess access) {
        this.entity = entity;
        this.type = entity.getType();
        this.access = access;
        this.reader = new ObjectReader(access);
        this.idGetter = getterOf(entity.getIdProperty(), access);
        this.versionGetter = getterOf(entity.getVersionProperty(), access);
        this.creator = new EntityCreator(entity, instantiator, reader);
    }

    private static @Nullable PropertyGetter getterOf(
            @Nullable StorePersistentProperty property, PropertyAccess access) {
        return property == null ? null : PropertyGetter.of(property, access);
    }

    /** Adds a property. Called while the mapper is built, before it is published. */
    void add(PropertyMapper property) {
        properties.add(property);
        if (property.property().isWritable()) {
            written.add(property);
            addField(property);
        }
        reader.add(property);
        byName.put(property.property().getName(), property);
        byFieldName.put(property.fieldName(), property);
    }

    private void addField(PropertyMapper property) {
        FieldWriter field = new FieldWriter(property, PropertyGetter.of(property.property(), access));
        allFields.add(field);
        if (!property.fieldName().equals(StoreIds.FIELD)) {
            fieldsButId.add(field);
        }
    }

    ObjectReader reader() {
        return reader;
    }

    StorePersistentEntity<?> entity() {
        return entity;
    }

    @Override
    public Class<?> type() {
        return type;
    }

    @Override
    public EntityMapper of(Object object) {
        requireOwnClass(object);
        return this;
    }

    @Override
    public EntityMapper of(DocumentValue document) {
        return this;
    }

    @Override
    public void forEachClass(Consumer<EntityMapper> action) {
        action.accept(this);
    }

    @Override
    public PropertyMapper idProperty() {
        PropertyMapper id = byName.get(entity.getRequiredIdProperty().getName());
        return Objects.requireNonNull(id, "an id is not a version");
    }

    @Override
    public @Nullable PropertyMapper property(String name) {
        return byName.get(name);
    }

    @Override
    public @Nullable PropertyMapper propertyByField(String fieldName) {
        return byFieldName.get(fieldName);
    }

    @Override
    public void write(Object object, DocumentWriter writer) {
        Object own = LazyReference.entityBehind(object);
        requireOwnClass(own);
        writer.startObject();
        writeAlias(writer);
        allFields.write(own, writer);
        writer.endObject();
    }

    /** Returns the value of an object's id property, which its class must have. */
    @Nullable
    Object idOf(Object object) {
        requireOwnClass(object);
        return Objects.requireNonNull(idGetter, "a class without an id").get(object);
    }

    /** Returns the value of an object's version property; {@code null} if there is none. */
    @Nullable
    Object versionOf(Object object) {
        requireOwnClass(object);
        return versionGetter == null ? null : versionGetter.get(object);
    }

    /** Calls {@code action} for each property and its value in an object, in the order of the properties. */
    void forEachValue(Object object, BiConsumer<PropertyMapper, @Nullable Object> action) {
        PersistentPropertyAccessor<?> accessor = accessorOf(object);
        properties.forEach(property -> action.accept(property, property.valueOf(accessor)));
    }

    /** Returns the properties, in their order. */
    List<PropertyMapper> properties() {
        return Collections.unmodifiableList(properties);
    }

    /** Returns whether each property is stored as a single value other than bytes, which have no text of their own. */
    boolean hasTextsOnly() {
        return !properties.isEmpty() && properties.stream().allMatch(EntityMapper::hasText);
    }

    private static boolean hasText(PropertyMapper property) {
        return property.value() instanceof ScalarMapper<?, ?> scalar && scalar.fieldType() != FieldType.BINARY;
    }

    /** Writes the object as a document with this id; its version is not part of it. */
    void writeDocument(Object object, Object id, DocumentWriter writer) {
        requireOwnClass(object);
        writer.startObject();
        writer.name(StoreIds.FIELD);
        if (id instanceof String text) {
            writer.writeString(text);
        } else {
            writer.writeValue(id);
        }
        writeAlias(writer);
        fieldsButId.write(object, writer);
        writer.endObject();
    }

    private void writeAlias(DocumentWriter writer) {
        String alias = entity.getOwnTypeAlias();
        if (alias != null) {
            writer.name(StorePersistentEntity.TYPE_FIELD);
            writer.writeString(alias);
        }
    }

    @Override
    public Object read(DocumentValue document) {
        return read(document, null);
    }

    /** Reads an object and sets its version property to {@code version}. */
    Object read(DocumentValue document, @Nullable Object version) {
        if (!reader.isCompiled()) {
            return readByAccessor(document, version);
        }
        try {
            FieldValues fields = reader.fields(document);
            Object instance = creator.create(fields, version);
            reader.setCompiled(instance, fields);
            return isVersionSet(version) ? withVersion(access.setting(instance), version) : instance;
        } catch (MappingException | StoreException | DataAccessException e) {
            throw e;
        } catch (RuntimeException e) {
            return readByAccessor(document, version); // Its failure names the offending property.
        }
    }

    /** Reads an object like {@link #read}, but without generated code, which not every class allows. */
    Object readByAccessor(DocumentValue document, @Nullable Object version) {
        FieldValues fields = reader.fields(document);
        Object instance = creator.create(fields, version);
        if (!entity.requiresPropertyPopulation()) {
            return instance;
        }
        PersistentPropertyAccessor<?> accessor = access.setting(instance);
        reader.set(accessor, fields);
        return isVersionSet(version) ? withVersion(accessor, version) : accessor.getBean();
    }

    private boolean isVersionSet(@Nullable Object version) {
        StorePersistentProperty versionProperty = entity.getVersionProperty();
        return version != null && versionProperty != null && !entity.isCreatorArgument(versionProperty);
    }

    private Object withVersion(PersistentPropertyAccessor<?> accessor, @Nullable Object version) {
        accessor.setProperty(entity.getRequiredVersionProperty(), version);
        return accessor.getBean();
    }

    @Override
    public Object toPlain(Object object) {
        PersistentPropertyAccessor<?> accessor = accessorOf(object);
        Map<String, Object> plain = new LinkedHashMap<>();
        String alias = entity.getOwnTypeAlias();
        if (alias != null) {
            plain.put(StorePersistentEntity.TYPE_FIELD, alias);
        }
        for (PropertyMapper property : written) {
            Object value = property.valueOf(accessor);
            if (value != null) {
                plain.put(property.fieldName(), property.value().toPlain(value));
            }
        }
        return plain;
    }

    @Override
    public boolean accepts(Object value) {
        return entity.getType().isInstance(value);
    }

    /** Returns an accessor for reading properties only. */
    private PersistentPropertyAccessor<?> accessorOf(Object object) {
        Object own = LazyReference.entityBehind(object);
        requireOwnClass(own);
        return access.reading(own);
    }

    /** Returns an accessor for reading and setting properties; its bean is the resulting object. */
    PersistentPropertyAccessor<?> settingAccessorOf(Object object) {
        requireOwnClass(object);
        return access.setting(object);
    }

    private void requireOwnClass(Object object) {
        Class<?> own = object.getClass();
        if (own != type && ClassUtils.getUserClass(own) != type) {
            throw new MappingException(
                    "A %s cannot be stored where a %s is declared: reading it back would lose its own type and properties; give both classes a @TypeAlias"
                            .formatted(own.getName(), type.getName()));
        }
    }
}
