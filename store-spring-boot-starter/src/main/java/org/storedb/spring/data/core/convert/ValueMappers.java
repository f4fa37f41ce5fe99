package org.storedb.spring.data.core.convert;

import java.lang.reflect.Modifier;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.core.CollectionFactory;
import org.springframework.core.convert.ConversionService;
import org.springframework.data.core.TypeInformation;
import org.springframework.data.geo.Point;
import org.springframework.data.mapping.MappingException;
import org.springframework.data.mapping.model.ClassGeneratingPropertyAccessorFactory;
import org.springframework.data.mapping.model.EntityInstantiators;
import org.springframework.util.ClassUtils;
import org.storedb.spring.data.core.mapping.DocumentReference;
import org.storedb.spring.data.core.mapping.StoreMappingContext;
import org.storedb.spring.data.core.mapping.StorePersistentEntity;
import org.storedb.spring.data.core.mapping.StorePersistentProperty;

/**
 * The mappers of all types, which determine how their values are stored. Types that cannot be stored are rejected here,
 * before anything is written.
 */
final class ValueMappers {

    private final StoreMappingContext mappingContext;
    private final StoreCustomConversions customConversions;
    private final ConversionService conversionService;
    private final EntityInstantiators instantiators;
    private final ClassGeneratingPropertyAccessorFactory accessorGenerator =
            new ClassGeneratingPropertyAccessorFactory();
    private final StoreConverter converter;

    // Guarded by this. A mapper is added before its properties, so that types may contain themselves.
    private final Map<Use, EntityMapper> entities = new HashMap<>();
    private final Map<Use, HierarchyMapper> hierarchies = new HashMap<>();

    ValueMappers(
            StoreMappingContext mappingContext,
            StoreCustomConversions customConversions,
            ConversionService conversionService,
            EntityInstantiators instantiators,
            StoreConverter converter) {
        this.mappingContext = mappingContext;
        this.customConversions = customConversions;
        this.conversionService = conversionService;
        this.instantiators = instantiators;
        this.converter = converter;
    }

    /** Returns the mapper of an entity, complete with everything nested in it. */
    synchronized ObjectMapper entity(StorePersistentEntity<?> entity) {
        try {
            return object(new Use(entity, true));
        } catch (RuntimeException e) {
            entities.clear(); // some of them are incomplete
            hierarchies.clear();
            throw e;
        }
    }

    private ObjectMapper object(Use use) {
        HierarchyMapper known = hierarchies.get(use);
        if (known != null) {
            return known;
        }
        StorePersistentEntity<?> entity = use.entity();
        List<StorePersistentEntity<?>> subclasses = mappingContext.getSubclasses(entity.getType());
        if (subclasses.isEmpty()) {
            return ofOneClass(use);
        }
        HierarchyMapper hierarchy = new HierarchyMapper(entity.getType());
        hierarchies.put(use, hierarchy);
        if (!isAbstract(entity.getType())) {
            hierarchy.add(ofOneClass(use));
        }
        for (StorePersistentEntity<?> subclass : subclasses) {
            if (subclass.getOwnTypeAlias() == null) {
                throw new MappingException("%s needs a @TypeAlias, to be distinguished from the other subclasses of %s"
                        .formatted(
                                subclass.getType().getName(), entity.getType().getName()));
            }
            hierarchy.add(ofOneClass(new Use(subclass, use.asDocument())));
        }
        return hierarchy;
    }

    private EntityMapper ofOneClass(Use use) {
        EntityMapper known = entities.get(use);
        if (known != null) {
            return known;
        }
        StorePersistentEntity<?> entity = use.entity();
        EntityMapper mapper = new EntityMapper(
                entity, instantiators.getInstantiatorFor(entity), PropertyAccess.of(entity, accessorGenerator));
        entities.put(use, mapper);
        for (StorePersistentProperty property : entity) {
            if (!use.asDocument() || !property.isVersionProperty()) {
                mapper.add(propertyMapper(use, property));
            }
        }
        return mapper;
    }

    private PropertyMapper propertyMapper(Use use, StorePersistentProperty property) {
        boolean creatorArgument = use.entity().isCreatorArgument(property);
        if (!creatorArgument && property.isImmutable() && property.getWither() == null) {
            throw unsupported(
                    property, "it is final; make it a constructor parameter, give it a wither or mark it @Transient");
        }
        ValueMapper value = customConversions.hasValueConverter(property)
                ? ValueConverterMapper.of(customConversions, property)
                : valueMapper(property.getTypeInformation(), property);
        if (use.asDocument() && use.entity().isIdProperty(property) && value instanceof EntityMapper parts) {
            value = new CompositeIdMapper(parts);
        }
        return new PropertyMapper(property, property.getFieldName(), value, creatorArgument);
    }

    private ValueMapper valueMapper(TypeInformation<?> type, StorePersistentProperty property) {
        Class<?> rawType = ClassUtils.resolvePrimitiveIfNecessary(type.getType());
        Optional<Class<?>> convertedType = customConversions.getCustomWriteTarget(rawType);
        if (convertedType.isPresent()) {
            return convertedMapper(rawType, convertedType.get(), property);
        }
        ScalarMapper<?, ?> scalar = ScalarMappers.of(rawType);
        if (scalar != null) {
            return scalar;
        }
        if (rawType == Object.class) {
            return PlainMapper.INSTANCE;
        }
        ValueClass valueClass = ValueClass.of(rawType);
        if (valueClass != null) {
            return new ValueClassMapper(valueClass, valueMapper(TypeInformation.of(valueClass.valueType()), property));
        }
        if (rawType == Point.class) {
            return PointMapper.INSTANCE;
        }
        if (rawType == Optional.class) {
            return new OptionalMapper(argumentMapper(type, 0, property));
        }
        if (rawType.isArray()) {
            return arrayMapper(rawType, type, property);
        }
        if (type.isMap()) {
            return mapMapper(rawType, type, property);
        }
        if (type.isCollectionLike()) {
            return collectionMapper(rawType, type, property);
        }
        return objectMapper(type, property);
    }

    private ValueMapper convertedMapper(Class<?> type, Class<?> storedType, StorePersistentProperty property) {
        if (!customConversions.hasCustomReadTarget(storedType, type)) {
            throw unsupported(
                    property,
                    "there is a converter from %s to %s, but no @ReadingConverter back"
                            .formatted(type.getName(), storedType.getName()));
        }
        ScalarMapper<?, ?> stored = ScalarMappers.of(storedType);
        if (stored == null) {
            throw unsupported(
                    property,
                    "its converter returns a %s, which is not stored as a single value"
                            .formatted(storedType.getName()));
        }
        return new ConvertedMapper(type, storedType, stored, conversionService);
    }

    private ValueMapper arrayMapper(Class<?> rawType, TypeInformation<?> type, StorePersistentProperty property) {
        TypeInformation<?> component = type.getRequiredComponentType();
        return new ArrayMapper(rawType.getComponentType(), valueMapper(component, property));
    }

    private ValueMapper collectionMapper(Class<?> rawType, TypeInformation<?> type, StorePersistentProperty property) {
        Class<?> collectionType = isList(rawType) ? List.class : rawType;
        TypeInformation<?> component = type.getComponentType();
        Class<?> elementType = component == null ? Object.class : component.getType();
        try {
            CollectionFactory.createCollection(collectionType, elementType, 0);
        } catch (IllegalArgumentException e) {
            throw unsupported(property, "collections of type %s cannot be created".formatted(rawType.getName()));
        }
        ValueMapper element = component == null ? PlainMapper.INSTANCE : valueMapper(component, property);
        return new CollectionMapper(collectionType, elementType, element);
    }

    /**
     * Returns whether a collection may hold equal elements and must keep them: Spring would create a set for a
     * {@link Collection}.
     */
    private static boolean isList(Class<?> collectionType) {
        return collectionType == Iterable.class || collectionType == Collection.class;
    }

    private ValueMapper mapMapper(Class<?> rawType, TypeInformation<?> type, StorePersistentProperty property) {
        TypeInformation<?> keyType = type.getComponentType();
        ScalarMapper<?, ?> key = ScalarMappers.of(
                keyType == null || keyType.getType() == Object.class ? String.class : keyType.getType());
        if (key == null) {
            throw unsupported(property, "the keys of its map are not stored as single values");
        }
        try {
            CollectionFactory.createMap(rawType, key.type(), 0);
        } catch (IllegalArgumentException e) {
            throw unsupported(property, "maps of type %s cannot be created".formatted(rawType.getName()));
        }
        TypeInformation<?> valueType = type.getMapValueType();
        return new MapMapper(rawType, key, valueType == null ? PlainMapper.INSTANCE : valueMapper(valueType, property));
    }

    private ValueMapper argumentMapper(TypeInformation<?> type, int argument, StorePersistentProperty property) {
        List<TypeInformation<?>> arguments = type.getTypeArguments();
        return arguments.size() > argument ? valueMapper(arguments.get(argument), property) : PlainMapper.INSTANCE;
    }

    private ValueMapper objectMapper(TypeInformation<?> type, StorePersistentProperty property) {
        Class<?> rawType = type.getType();
        if (property.isAssociation()) {
            return referenceMapper(rawType, property);
        }
        boolean hasSubclasses = !mappingContext.getSubclasses(rawType).isEmpty();
        if (isAbstract(rawType) && !hasSubclasses) {
            throw unsupported(
                    property,
                    "%s is abstract; declare a concrete type, give the classes that extend it a @TypeAlias and include them in the entity scan, or register converters"
                            .formatted(rawType.getName()));
        }
        if (rawType.getName().startsWith("java.") || rawType.getName().startsWith("javax.")) {
            throw unsupported(property, "%s cannot be stored; register converters for it".formatted(rawType.getName()));
        }
        @Nullable StorePersistentEntity<?> nested = mappingContext.getPersistentEntity(type);
        if (nested == null) {
            throw unsupported(property, "the properties of %s are not known".formatted(rawType.getName()));
        }
        return object(new Use(nested, false));
    }

    /** Returns the mapper of a reference; the referenced class is examined only on use, because it may refer back. */
    private ValueMapper referenceMapper(Class<?> type, StorePersistentProperty property) {
        DocumentReference reference = property.findAnnotation(DocumentReference.class);
        boolean lazy = reference == null || reference.lazy();
        if (lazy && Modifier.isFinal(type.getModifiers())) {
            throw unsupported(
                    property,
                    "%s is final, so it cannot be loaded on demand; use @DocumentReference(lazy = false)"
                            .formatted(type.getName()));
        }
        return new ReferenceMapper(type, lazy, converter);
    }

    private static boolean isAbstract(Class<?> type) {
        return type.isInterface() || Modifier.isAbstract(type.getModifiers());
    }

    private static MappingException unsupported(StorePersistentProperty property, String reason) {
        return new MappingException("Property '%s' of %s cannot be stored: %s"
                .formatted(property.getName(), property.getOwner().getType().getName(), reason));
    }

    /**
     * A class, used for documents or for objects nested in them, which have no revision, and no id besides their
     * fields.
     */
    private record Use(StorePersistentEntity<?> entity, boolean asDocument) {}
}
