package org.storedb.spring.data.change;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.aop.support.AopUtils;
import org.springframework.core.MethodParameter;
import org.springframework.core.ResolvableType;
import org.springframework.util.ReflectionUtils;
import org.storedb.document.DocumentCodec;
import org.storedb.document.DocumentValue;
import org.storedb.document.ValueType;
import org.storedb.feed.Change;
import org.storedb.feed.ChangeKind;
import org.storedb.feed.ChangeListener;
import org.storedb.feed.ChangeRequest;
import org.storedb.feed.ChangeTransaction;
import org.storedb.feed.DocumentChange;
import org.storedb.feed.DocumentImage;
import org.storedb.query.Filter;
import org.storedb.spring.data.core.StoreTemplate;
import org.storedb.spring.data.core.convert.MappingDocumentCodec;
import org.storedb.spring.data.core.mapping.StoreMappingContext;
import org.storedb.spring.data.core.mapping.StorePersistentEntity;

/** An annotated method of a bean, and how it is called for a transaction. */
final class ChangeMethod implements ChangeListener {

    private final Object bean;
    private final String beanName;
    private final Method method;
    private final Set<ChangeKind> kinds;
    private final boolean before;
    private final Form form;
    private final @Nullable Class<?> entityType;
    private final Set<String> ownAliases;
    private final StoreTemplate template;

    /** The kind of argument that the method takes. */
    private enum Form {
        TRANSACTION,
        CHANGE,
        ENTITY
    }

    /**
     * Checks the method.
     *
     * @param method a method that can be called on the bean, which may be a proxy
     * @throws IllegalStateException if its argument is not supported
     */
    ChangeMethod(Object bean, String beanName, Method method, StoreChangeListener annotation, StoreTemplate template) {
        this.bean = bean;
        this.beanName = beanName;
        this.method = method;
        this.kinds = Set.of(annotation.kinds());
        this.before = annotation.before();
        this.template = template;
        if (method.getParameterCount() != 1) {
            throw refused("takes %d arguments; it takes one".formatted(method.getParameterCount()));
        }
        ResolvableType argument = ResolvableType.forMethodParameter(
                new MethodParameter(method, 0).withContainingClass(AopUtils.getTargetClass(bean)));
        this.form = formOf(argument.toClass());
        this.entityType = entityType(argument);
        this.ownAliases = entityType == null ? Set.of() : entities().getDistinguishingAliases(entity(entityType));
        if (form == Form.TRANSACTION && !kinds.isEmpty()) {
            throw refused("takes whole transactions, so it cannot ask for kinds of changes");
        }
        if (form == Form.ENTITY && kinds.stream().anyMatch(ChangeMethod::leavesNothing)) {
            throw refused("takes an entity, but a DELETE or EXPIRE leaves none; use an EntityChange");
        }
        if (kinds.contains(ChangeKind.PUT)) {
            throw refused("asks for PUT, which occurs in keyspaces, not on entities");
        }
        ReflectionUtils.makeAccessible(method);
    }

    private static Form formOf(Class<?> argument) {
        if (argument == ChangeTransaction.class) {
            return Form.TRANSACTION;
        }
        return argument == EntityChange.class ? Form.CHANGE : Form.ENTITY;
    }

    private @Nullable Class<?> entityType(ResolvableType argument) {
        if (form == Form.TRANSACTION) {
            return null;
        }
        Class<?> type = form == Form.CHANGE ? argument.getGeneric(0).resolve() : argument.resolve();
        if (type == null || type == Object.class) {
            throw refused("does not specify the class of the entity, as in EntityChange<Order>");
        }
        template.getConverter().codec(type); // Fails now, not at the first change, if it is not an entity.
        return type;
    }

    private StoreMappingContext entities() {
        return template.getConverter().getMappingContext();
    }

    private StorePersistentEntity<?> entity(Class<?> type) {
        return template.getConverter().codec(type).entity();
    }

    private IllegalStateException refused(String reason) {
        return new IllegalStateException("The @StoreChangeListener %s.%s %s"
                .formatted(method.getDeclaringClass().getName(), method.getName(), reason));
    }

    /** Returns which changes the store has to deliver. */
    ChangeRequest request() {
        ChangeRequest request = entityType == null ? ChangeRequest.all() : ofEntities(entity(entityType));
        return before ? request.withBefore() : request;
    }

    private ChangeRequest ofEntities(StorePersistentEntity<?> entity) {
        ChangeRequest ofCollection = ChangeRequest.ofCollections(entity.getCollectionName());
        Filter own = entities().getDistinguishingFilter(entity);
        return own == null ? ofCollection : ofCollection.where(own);
    }

    /** Describes the source of the changes, for people. */
    String source() {
        return entityType == null
                ? "all collections"
                : "collection " + entity(entityType).getCollectionName();
    }

    StoreTemplate template() {
        return template;
    }

    @Override
    public void changed(ChangeTransaction transaction) throws Exception {
        if (entityType == null) {
            call(transaction);
            return;
        }
        changed(transaction, entityType);
    }

    private <T> void changed(ChangeTransaction transaction, Class<T> type) throws Exception {
        MappingDocumentCodec<T> codec = template.getConverter().codec(type);
        DocumentCodec<T> reading = template.readingCodec(type);
        List<Change> changes = transaction.changes();
        for (Change change : changes) {
            if (change instanceof DocumentChange document && isWanted(change.kind()) && !isOfOther(document)) {
                T entity = document.isRemoval() ? null : document.after().as(reading);
                if (form == Form.ENTITY) {
                    call(entity);
                } else {
                    DocumentImage image =
                            document.before().content().filter(this::isOwn).orElse(null);
                    call(new EntityChange<>(
                            document.kind(),
                            codec.entityId(document.id()),
                            entity,
                            image == null ? null : image.as(reading),
                            transaction.sequence(),
                            transaction.committedAt()));
                }
            }
        }
    }

    private boolean isWanted(ChangeKind kind) {
        return (kinds.isEmpty() || kinds.contains(kind)) && (form != Form.ENTITY || !leavesNothing(kind));
    }

    /** Returns whether a removed document belonged to another class, which is certain only if its content is known. */
    private boolean isOfOther(DocumentChange change) {
        return change.isRemoval()
                && change.before().content().filter(image -> !isOwn(image)).isPresent();
    }

    private boolean isOwn(DocumentImage image) {
        if (ownAliases.isEmpty()) {
            return true;
        }
        DocumentValue alias = image.value().field(StorePersistentEntity.TYPE_FIELD);
        return alias != null && alias.type() == ValueType.STRING && ownAliases.contains(alias.asString());
    }

    private static boolean leavesNothing(ChangeKind kind) {
        return kind == ChangeKind.DELETE || kind == ChangeKind.EXPIRE;
    }

    private void call(@Nullable Object argument) throws Exception {
        try {
            method.invoke(bean, argument);
        } catch (InvocationTargetException e) {
            if (e.getTargetException() instanceof Exception failure) {
                throw failure;
            }
            throw e;
        }
    }

    /** Returns a name that no other method has: longer than {@link #toString}, which is for people. */
    String identity() {
        return "%s: %s.%s(%s)"
                .formatted(
                        beanName,
                        method.getDeclaringClass().getName(),
                        method.getName(),
                        method.getGenericParameterTypes()[0].getTypeName());
    }

    @Override
    public String toString() {
        return method.getDeclaringClass().getSimpleName() + "." + method.getName();
    }
}
