package org.storedb.internal.document;

import java.lang.reflect.Constructor;
import java.lang.reflect.InaccessibleObjectException;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.storedb.document.DocumentCodec;
import org.storedb.error.InvalidDocumentException;
import tools.jackson.databind.BeanDescription;
import tools.jackson.databind.DeserializationConfig;
import tools.jackson.databind.JavaType;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.SerializationConfig;
import tools.jackson.databind.introspect.AnnotatedMember;
import tools.jackson.databind.introspect.BeanPropertyDefinition;
import tools.jackson.databind.introspect.ClassIntrospector;
import tools.jackson.databind.node.ObjectNode;

/** The property in which objects of one class store their id. */
abstract class IdProperty<T> {

    /** Returns the id, or {@code null} if the object has none yet. An id of a primitive type always exists. */
    abstract @Nullable Object get(T object);

    /** Returns the object with an id that was generated for it: {@code object} itself, changed, if that is possible. */
    abstract T with(T object, Object id);

    @SuppressWarnings("unchecked") // The class is that of T.
    static <T> IdProperty<T> of(Class<T> type) {
        if (JsonNode.class.isAssignableFrom(type)) {
            return (IdProperty<T>) new OfNode();
        }
        return type.isRecord() ? new OfRecord<>(type) : new OfBean<>(type);
    }

    private static BeanPropertyDefinition property(Class<?> owner, BeanDescription description) {
        for (BeanPropertyDefinition property : description.findProperties()) {
            if (property.getName().equals(DocumentCodec.ID_FIELD)) {
                Class<?> type = property.getRawPrimaryType();
                if (isIdType(type)) {
                    return property;
                }
                throw new InvalidDocumentException(
                        "The id of " + owner + " is of " + type + ", but must be a String, Long, Integer or UUID");
            }
        }
        throw new InvalidDocumentException(
                "Documents of " + owner + " need an id: add a property named \"id\", of type "
                        + "String, Long, Integer or UUID, that Jackson can read (a getter, a public field or @JsonProperty)");
    }

    private static @Nullable Object value(AnnotatedMember accessor, Object object) {
        try {
            return accessor.getValue(object);
        } catch (IllegalArgumentException e) {
            throw inaccessible(object.getClass(), e);
        }
    }

    private static void makeAccessible(AnnotatedMember member, Class<?> owner) {
        try {
            member.fixAccess(false);
        } catch (IllegalArgumentException e) {
            throw inaccessible(owner, e);
        }
    }

    /** Returns the exception for an id that cannot be read or set. */
    private static InvalidDocumentException inaccessible(Class<?> owner, Exception cause) {
        return new InvalidDocumentException(
                "The id of " + owner + " cannot be accessed: " + ModuleAccess.reason(owner, cause), cause);
    }

    private static boolean isIdType(Class<?> type) {
        return type == String.class
                || type == UUID.class
                || type == Long.class
                || type == long.class
                || type == Integer.class
                || type == int.class;
    }

    private static Object converted(Object id, Class<?> owner, Class<?> type) {
        if (type == String.class && id instanceof String) {
            return id;
        }
        if (type == UUID.class && id instanceof String text) {
            return UUID.fromString(text);
        }
        throw new InvalidDocumentException(
                "An object of " + owner + " has no id, and ids are generated for String and UUID" + " only: set its "
                        + type.getSimpleName() + " id before it is stored");
    }

    private static BeanDescription forReading(JavaType type) {
        DeserializationConfig config = DocumentMapper.get().deserializationConfig();
        ClassIntrospector introspector = config.classIntrospectorInstance();
        return introspector.introspectForDeserialization(type, introspector.introspectClassAnnotations(type));
    }

    private static BeanDescription forWriting(JavaType type) {
        SerializationConfig config = DocumentMapper.get().serializationConfig();
        ClassIntrospector introspector = config.classIntrospectorInstance();
        return introspector.introspectForSerialization(type, introspector.introspectClassAnnotations(type));
    }

    private static final class OfBean<T> extends IdProperty<T> {

        private final Class<T> owner;
        private final Class<?> type;
        private final AnnotatedMember accessor;
        private final @Nullable AnnotatedMember mutator;

        OfBean(Class<T> owner) {
            JavaType javaType = DocumentMapper.get().constructType(owner);
            BeanPropertyDefinition property = property(owner, forWriting(javaType));
            this.owner = owner;
            this.type = property.getRawPrimaryType();
            this.accessor = property.getAccessor();
            this.mutator = forReading(javaType).findProperties().stream()
                    .filter(candidate -> candidate.getName().equals(DocumentCodec.ID_FIELD))
                    .map(BeanPropertyDefinition::getNonConstructorMutator)
                    .filter(candidate -> candidate != null)
                    .findFirst()
                    .orElse(null);
            makeAccessible(accessor, owner);
            if (mutator != null) {
                makeAccessible(mutator, owner);
            }
        }

        @Override
        @Nullable
        Object get(T object) {
            return value(accessor, object);
        }

        @Override
        T with(T object, Object id) {
            if (mutator == null) {
                throw new InvalidDocumentException("An object of " + owner
                        + " has no id, and none can be set: add a setter, or give it an id before it is stored");
            }
            mutator.setValue(object, converted(id, owner, type));
            return object;
        }
    }

    private static final class OfRecord<T> extends IdProperty<T> {

        private final Class<T> owner;
        private final RecordComponent[] components;
        private final int idIndex;
        private final AnnotatedMember accessor;

        OfRecord(Class<T> owner) {
            BeanPropertyDefinition property =
                    property(owner, forWriting(DocumentMapper.get().constructType(owner)));
            this.owner = owner;
            this.components = owner.getRecordComponents();
            this.accessor = property.getAccessor();
            this.idIndex = indexOf(property.getInternalName());
            makeAccessible(accessor, owner);
        }

        @Override
        @Nullable
        Object get(T object) {
            return value(accessor, object);
        }

        @Override
        T with(T object, Object id) {
            if (idIndex < 0) {
                throw new InvalidDocumentException("The id of " + owner + " is not one of its components");
            }
            try {
                Object[] arguments = new Object[components.length];
                for (int index = 0; index < arguments.length; index++) {
                    if (index == idIndex) {
                        arguments[index] = converted(id, owner, components[index].getType());
                    } else {
                        components[index].getAccessor().setAccessible(true);
                        arguments[index] = components[index].getAccessor().invoke(object);
                    }
                }
                Constructor<T> constructor = owner.getDeclaredConstructor(
                        Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new));
                constructor.setAccessible(true);
                return constructor.newInstance(arguments);
            } catch (ReflectiveOperationException | SecurityException | InaccessibleObjectException e) {
                throw new InvalidDocumentException(
                        "A copy of " + owner + " with its new id cannot be created: " + ModuleAccess.reason(owner, e),
                        e);
            }
        }

        private int indexOf(String name) {
            for (int index = 0; index < components.length; index++) {
                if (components[index].getName().equals(name)) {
                    return index;
                }
            }
            return -1;
        }
    }

    private static final class OfNode extends IdProperty<JsonNode> {

        @Override
        @Nullable
        Object get(JsonNode node) {
            JsonNode id = node.get(DocumentCodec.ID_FIELD);
            if (id == null || id.isNull()) {
                return null;
            }
            if (id.isString()) {
                return id.stringValue();
            }
            if (id.canConvertToExactIntegral() && id.canConvertToLong()) {
                return id.longValue();
            }
            throw new InvalidDocumentException("The id of a document must be a string or a whole number, not " + id);
        }

        @Override
        JsonNode with(JsonNode node, Object id) {
            if (node instanceof ObjectNode object) {
                return id instanceof Long number
                        ? object.put(DocumentCodec.ID_FIELD, number)
                        : object.put(DocumentCodec.ID_FIELD, (String) id);
            }
            throw new InvalidDocumentException("A document must be an object, not " + node.getNodeType());
        }
    }
}
