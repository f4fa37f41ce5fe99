package org.storedb.spring.data.core.mapping;

import java.lang.reflect.Modifier;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.data.annotation.TypeAlias;
import org.springframework.data.core.TypeInformation;
import org.springframework.data.mapping.PersistentEntity;
import org.springframework.data.mapping.context.AbstractMappingContext;
import org.springframework.data.mapping.model.FieldNamingStrategy;
import org.springframework.data.mapping.model.Property;
import org.springframework.data.mapping.model.PropertyNameFieldNamingStrategy;
import org.springframework.data.mapping.model.SimpleTypeHolder;
import org.springframework.util.ClassUtils;
import org.springframework.util.ObjectUtils;
import org.storedb.query.Filter;

/** The mapping metadata of an application's entities. */
public class StoreMappingContext extends AbstractMappingContext<StorePersistentEntity<?>, StorePersistentProperty> {

    private FieldNamingStrategy fieldNaming = PropertyNameFieldNamingStrategy.INSTANCE;

    public StoreMappingContext() {
        setSimpleTypeHolder(StoreSimpleTypes.HOLDER);
    }

    /** Sets the naming of fields without an annotation; to be called before the first entity is examined. */
    public void setFieldNamingStrategy(FieldNamingStrategy fieldNaming) {
        this.fieldNaming = fieldNaming;
    }

    @Override
    protected <T> StorePersistentEntity<T> createPersistentEntity(TypeInformation<T> type) {
        return new StorePersistentEntity<>(type);
    }

    @Override
    protected StorePersistentProperty createPersistentProperty(
            Property property, StorePersistentEntity<?> owner, SimpleTypeHolder simpleTypes) {
        return new StorePersistentProperty(property, owner, simpleTypes, fieldNaming);
    }

    /**
     * Returns the value of an entity that a path of properties leads to, unwrapped if it is in an {@link Optional};
     * {@code null} if something on the way is null, an empty {@code Optional}, or of a class without the property.
     */
    public @Nullable Object getPropertyValue(Object entity, String path) {
        Object current = entity;
        for (String name : path.split("\\.", -1)) {
            if (current == null) {
                return null;
            }
            StorePersistentEntity<?> owner = getRequiredPersistentEntity(ClassUtils.getUserClass(current));
            StorePersistentProperty property = owner.getPersistentProperty(name);
            current = property == null
                    ? null
                    : ObjectUtils.unwrapOptional(
                            owner.getPropertyAccessor(current).getProperty(property));
        }
        return current;
    }

    /**
     * Returns the concrete subclasses whose objects may occur where a type is declared: those that a sealed type
     * permits, and the known ones that have a {@link TypeAlias}.
     */
    public List<StorePersistentEntity<?>> getSubclasses(Class<?> type) {
        Set<Class<?>> classes = new LinkedHashSet<>();
        addPermitted(type, classes);
        getPersistentEntities().stream()
                .filter(entity -> entity.getOwnTypeAlias() != null)
                .map(PersistentEntity::getType)
                .filter(subclass -> subclass != type && type.isAssignableFrom(subclass) && isConcrete(subclass))
                .sorted(Comparator.comparing(Class::getName)) // a stable order
                .forEach(classes::add);
        return classes.stream()
                .<StorePersistentEntity<?>>map(this::getRequiredPersistentEntity)
                .toList();
    }

    /**
     * Returns the aliases that distinguish the documents of an entity's class and its subclasses from others in the
     * collection. Empty if the class has a collection of its own, or if its documents have no alias to distinguish them
     * by.
     */
    public Set<String> getDistinguishingAliases(StorePersistentEntity<?> entity) {
        boolean untold = isConcrete(entity.getType()) && entity.getOwnTypeAlias() == null;
        if (untold || (entity.hasOwnCollection() && !isSharedWithUnrelated(entity))) {
            return Set.of();
        }
        return getAliases(entity);
    }

    /** Returns whether a known class that is no subclass is stored in the same collection. */
    private boolean isSharedWithUnrelated(StorePersistentEntity<?> entity) {
        return getPersistentEntities().stream()
                .filter(other -> other.isAnnotationPresent(Document.class))
                .filter(other -> other.getCollectionName().equals(entity.getCollectionName()))
                .anyMatch(other -> !entity.getType().isAssignableFrom(other.getType()));
    }

    /** Returns the aliases of an entity's class and its subclasses. */
    public Set<String> getAliases(StorePersistentEntity<?> entity) {
        Set<String> aliases = new LinkedHashSet<>();
        Stream.concat(Stream.of(entity), getSubclasses(entity.getType()).stream())
                .map(StorePersistentEntity::getOwnTypeAlias)
                .filter(Objects::nonNull)
                .forEach(aliases::add);
        return aliases;
    }

    /**
     * Returns a filter for documents with one of the {@link #getDistinguishingAliases}; {@code null} if there are none.
     */
    public @Nullable Filter getDistinguishingFilter(StorePersistentEntity<?> entity) {
        Set<String> aliases = getDistinguishingAliases(entity);
        return aliases.isEmpty() ? null : Filter.in(StorePersistentEntity.TYPE_FIELD, aliases);
    }

    /** Returns whether a known class is stored without an alias in the collection of an entity. */
    public boolean mayLackAlias(StorePersistentEntity<?> entity) {
        return getPersistentEntities().stream()
                .filter(other -> other.getCollectionName().equals(entity.getCollectionName()))
                .anyMatch(other -> other.getOwnTypeAlias() == null && isConcrete(other.getType()));
    }

    private static void addPermitted(Class<?> type, Set<Class<?>> classes) {
        if (type.isSealed()) {
            for (Class<?> permitted : type.getPermittedSubclasses()) {
                if (isConcrete(permitted)) {
                    classes.add(permitted);
                }
                addPermitted(permitted, classes);
            }
        }
    }

    private static boolean isConcrete(Class<?> type) {
        return !type.isInterface() && !Modifier.isAbstract(type.getModifiers());
    }

    /** Returns false for the JDK's own types, which are never entities, even if they are not known as simple types. */
    @Override
    protected boolean shouldCreatePersistentEntityFor(TypeInformation<?> type) {
        return !type.getType().getName().startsWith("java.") && super.shouldCreatePersistentEntityFor(type);
    }
}
