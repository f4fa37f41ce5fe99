package org.storedb.spring.data.core.convert;

import org.jspecify.annotations.Nullable;
import org.springframework.core.KotlinDetector;
import org.springframework.data.mapping.InstanceCreatorMetadata;
import org.springframework.data.mapping.MappingException;
import org.springframework.data.mapping.Parameter;
import org.springframework.data.mapping.model.EntityInstantiator;
import org.springframework.data.mapping.model.ParameterValueProvider;
import org.storedb.document.FieldValues;
import org.storedb.spring.data.core.mapping.StorePersistentEntity;
import org.storedb.spring.data.core.mapping.StorePersistentProperty;

/** Creator of the objects of a class, which passes the fields of a document to its constructor or factory method. */
final class EntityCreator {

    /** Type of the last parameter of a constructor that the Kotlin compiler adds for value classes. */
    private static final String KOTLIN_MARKER = "kotlin.jvm.internal.DefaultConstructorMarker";

    private final StorePersistentEntity<?> entity;
    private final EntityInstantiator instantiator;
    private final ObjectReader reader;
    private final boolean kotlin; // the instantiator then replaces nulls by the defaults of parameters

    /**
     * Creates a creator.
     *
     * @throws MappingException if the class has no known creator, or one with parameters that are not properties
     */
    EntityCreator(StorePersistentEntity<?> entity, EntityInstantiator instantiator, ObjectReader reader) {
        this.entity = entity;
        this.instantiator = instantiator;
        this.reader = reader;
        this.kotlin = KotlinDetector.isKotlinType(entity.getType());
        requireKnownParameters(entity);
    }

    private static void requireKnownParameters(StorePersistentEntity<?> entity) {
        InstanceCreatorMetadata<StorePersistentProperty> creator = entity.getInstanceCreatorMetadata();
        if (creator == null) {
            throw new MappingException(
                    "%s has several constructors, or none that can be used: annotate the one that creates stored objects with @PersistenceCreator"
                            .formatted(entity.getType().getName()));
        }
        for (Parameter<Object, StorePersistentProperty> parameter : creator.getParameters()) {
            boolean known = parameter.hasName() && entity.getPersistentProperty(parameter.getRequiredName()) != null;
            if (parameter.hasValueExpression()) {
                throw new MappingException(
                        "Constructor parameter '%s' of %s has a @Value, which is not evaluated: compute the value in the constructor"
                                .formatted(parameter.getName(), entity.getType().getName()));
            }
            boolean ofCompiler = parameter.getRawType().getName().equals(KOTLIN_MARKER);
            if (!known && !ofCompiler && !parameter.isTransient()) {
                throw new MappingException(
                        "Constructor parameter '%s' of %s is not a property: give it the name of one, annotate another constructor with @PersistenceCreator, and compile with -parameters"
                                .formatted(parameter.getName(), entity.getType().getName()));
            }
        }
    }

    /** Creates an object, whose other properties remain to be set. */
    @SuppressWarnings({"unchecked", "rawtypes"}) // only parameters of this entity are requested from the provider
    Object create(FieldValues fields, @Nullable Object version) {
        ParameterValueProvider provider = new FieldParameters(fields, version);
        return instantiator.createInstance((StorePersistentEntity) entity, provider);
    }

    /** Provider of constructor arguments from the fields of a document. */
    private final class FieldParameters implements ParameterValueProvider<StorePersistentProperty> {

        private final FieldValues fields;
        private final @Nullable Object version;

        FieldParameters(FieldValues fields, @Nullable Object version) {
            this.fields = fields;
            this.version = version;
        }

        @Override
        @SuppressWarnings("unchecked")
        public <T> @Nullable T getParameterValue(Parameter<T, StorePersistentProperty> parameter) {
            Object value = valueOf(parameter);
            return (T)
                    (value == null && !kotlin ? ParameterValueProvider.getDefaultValue(parameter.getRawType()) : value);
        }

        private @Nullable Object valueOf(Parameter<?, StorePersistentProperty> parameter) {
            FieldReader field = reader.field(parameter.getRequiredName());
            if (field != null) {
                Object value = field.read(fields);
                return value == null ? field.property().value().absent() : value;
            }
            StorePersistentProperty versionProperty = entity.getVersionProperty();
            boolean isVersion =
                    versionProperty != null && versionProperty.getName().equals(parameter.getName());
            return isVersion ? version : null;
        }
    }
}
