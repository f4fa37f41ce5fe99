package org.storedb.spring.data.core;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.core.convert.ConversionService;
import org.springframework.dao.InvalidDataAccessApiUsageException;
import org.springframework.data.core.TypeInformation;
import org.springframework.data.mapping.InstanceCreatorMetadata;
import org.springframework.data.mapping.Parameter;
import org.springframework.data.mapping.PersistentPropertyAccessor;
import org.springframework.data.mapping.model.EntityInstantiator;
import org.springframework.data.mapping.model.ParameterValueProvider;
import org.springframework.util.ClassUtils;
import org.storedb.spring.data.core.ValueConversions.Conversion;
import org.storedb.spring.data.core.convert.StoreConverter;
import org.storedb.spring.data.core.mapping.StoreMappingContext;
import org.storedb.spring.data.core.mapping.StorePersistentEntity;
import org.storedb.spring.data.core.mapping.StorePersistentProperty;

/** Instantiation of a class from values by name, for the parameters of its constructor and its other properties. */
final class Instantiation<R> {

    private final Class<R> type;
    private final StorePersistentEntity<?> entity;
    private final EntityInstantiator instantiator;
    private final ConversionService conversions;
    private final StoreMappingContext mappingContext;
    private final List<String> parameters;
    private final Map<String, Conversion> ownConversions = new HashMap<>();

    Instantiation(TypeInformation<R> type, StoreConverter converter) {
        this.type = type.getType();
        this.entity = converter.getMappingContext().getRequiredPersistentEntity(type);
        this.instantiator = converter.getEntityInstantiators().getInstantiatorFor(entity);
        this.conversions = converter.getConversionService();
        this.mappingContext = converter.getMappingContext();
        this.parameters = parameters(entity);
    }

    /**
     * Determines how values are converted to those of parameters and properties. Called before the first object is
     * created.
     *
     * @param sources returns the declared type of a value by its name, {@code null} if there is no such value
     * @throws InvalidDataAccessApiUsageException if one of them cannot be converted to what is declared here
     */
    void convertFrom(Function<String, @Nullable TypeInformation<?>> sources, ValueConversions valueConversions) {
        InstanceCreatorMetadata<StorePersistentProperty> creator = entity.getInstanceCreatorMetadata();
        if (creator != null) {
            for (Parameter<Object, StorePersistentProperty> parameter : creator.getParameters()) {
                convertFrom(sources, parameter.getRequiredName(), typeOf(parameter), valueConversions);
            }
        }
        for (StorePersistentProperty property : entity) {
            if (isSet(property)) {
                convertFrom(sources, property.getName(), property.getTypeInformation(), valueConversions);
            }
        }
    }

    /** Returns the type of a parameter, as its property has it: only there are the variables of a generic class resolved. */
    private TypeInformation<?> typeOf(Parameter<Object, StorePersistentProperty> parameter) {
        StorePersistentProperty property = entity.getPersistentProperty(parameter.getRequiredName());
        return property != null && parameter.getRawType().isAssignableFrom(property.getType())
                ? property.getTypeInformation()
                : parameter.getType();
    }

    private void convertFrom(
            Function<String, @Nullable TypeInformation<?>> sources,
            String name,
            TypeInformation<?> declared,
            ValueConversions valueConversions) {
        TypeInformation<?> source = sources.apply(name);
        if (source == null) {
            return;
        }
        Conversion conversion = valueConversions.between(source, declared, name);
        if (conversion == null) {
            throw new InvalidDataAccessApiUsageException("%s takes '%s' as %s, which cannot be created from %s"
                    .formatted(type.getSimpleName(), name, described(declared), described(source)));
        }
        ownConversions.put(name, conversion);
    }

    private static String described(TypeInformation<?> type) {
        return type.toTypeDescriptor().getResolvableType().toString();
    }

    /** Returns the names of the values that are set after construction, if they are present. */
    List<String> properties() {
        List<String> names = new ArrayList<>();
        for (StorePersistentProperty property : entity) {
            if (isSet(property)) {
                names.add(property.getName());
            }
        }
        return names;
    }

    private boolean isSet(StorePersistentProperty property) {
        return !entity.isCreatorArgument(property) && !property.isImmutable();
    }

    /** Returns the values of an entity that the class has a parameter or property for. */
    Map<String, @Nullable Object> valuesOf(Object source) {
        StorePersistentEntity<?> sourceEntity =
                mappingContext.getRequiredPersistentEntity(ClassUtils.getUserClass(source));
        PersistentPropertyAccessor<?> accessor = sourceEntity.getPropertyAccessor(source);
        Map<String, @Nullable Object> values = new HashMap<>();
        for (StorePersistentProperty property : sourceEntity) {
            String name = property.getName();
            if (entity.getPersistentProperty(name) != null || parameters.contains(name)) {
                values.put(name, accessor.getProperty(property));
            }
        }
        return values;
    }

    /** Returns the names of the values that the constructor requires. */
    List<String> parameters() {
        return parameters;
    }

    private static List<String> parameters(StorePersistentEntity<?> entity) {
        List<String> names = new ArrayList<>();
        InstanceCreatorMetadata<StorePersistentProperty> creator = entity.getInstanceCreatorMetadata();
        if (creator != null) {
            creator.getParameters().forEach(parameter -> names.add(parameter.getRequiredName()));
        }
        return names;
    }

    @SuppressWarnings({"unchecked", "rawtypes"}) // only parameters of this class are requested from the provider
    R create(Map<String, ? extends @Nullable Object> values) {
        ParameterValueProvider provider = new Values(values);
        Object instance = instantiator.createInstance((StorePersistentEntity) entity, provider);
        if (!entity.requiresPropertyPopulation()) {
            return type.cast(instance);
        }
        PersistentPropertyAccessor<?> accessor = entity.getPropertyAccessor(instance);
        for (StorePersistentProperty property : entity) {
            Object value = values.get(property.getName());
            if (value != null && isSet(property)) {
                accessor.setProperty(property, converted(value, property.getName(), property.getType()));
            }
        }
        return type.cast(accessor.getBean());
    }

    private @Nullable Object converted(@Nullable Object value, String name, Class<?> declared) {
        Conversion conversion = ownConversions.get(name);
        return conversion == null
                ? ExactConversion.convert(value, declared, name, conversions)
                : conversion.convert(value);
    }

    /** Provider of constructor arguments from values by name. */
    private final class Values implements ParameterValueProvider<StorePersistentProperty> {

        private final Map<String, ? extends @Nullable Object> values;

        Values(Map<String, ? extends @Nullable Object> values) {
            this.values = values;
        }

        @Override
        @SuppressWarnings("unchecked") // it has been converted to the parameter's type
        public <V> @Nullable V getParameterValue(Parameter<V, StorePersistentProperty> parameter) {
            String name = parameter.getRequiredName();
            return (V) converted(values.get(name), name, parameter.getRawType());
        }
    }
}
