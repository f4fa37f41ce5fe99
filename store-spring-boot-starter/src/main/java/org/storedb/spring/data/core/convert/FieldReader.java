package org.storedb.spring.data.core.convert;

import java.lang.reflect.Field;
import java.lang.reflect.Member;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessException;
import org.springframework.data.mapping.MappingException;
import org.springframework.data.mapping.PersistentPropertyAccessor;
import org.storedb.document.DocumentValue;
import org.storedb.document.FieldValues;
import org.storedb.document.ValueType;
import org.storedb.error.StoreException;
import org.storedb.spring.data.core.mapping.StorePersistentProperty;

/** Reader of the field of one property of an object. Safe for use by multiple threads. */
final class FieldReader {

    private final PropertyMapper property;
    private final int position;

    /**
     * Creates a reader of a property.
     *
     * @param position the position of the field's name among those that are read together
     */
    FieldReader(PropertyMapper property, int position) {
        this.property = property;
        this.position = position;
    }

    PropertyMapper property() {
        return property;
    }

    int position() {
        return position;
    }

    /** Returns the value for the object, or {@code null} if the document has none. */
    @Nullable
    Object read(FieldValues fields) {
        DocumentValue field = fields.get(position);
        if (field == null || field.type() == ValueType.NULL) {
            return null;
        }
        try {
            return property.value().read(field);
        } catch (MappingException | StoreException | DataAccessException e) {
            throw e;
        } catch (RuntimeException e) {
            throw property.failure("read", e);
        }
    }

    /** Sets the property of an object to the value, if the document has one, and returns it. */
    @Nullable
    Object set(FieldValues fields, PersistentPropertyAccessor<?> accessor) {
        Object value = read(fields);
        if (value != null) {
            accessor.setProperty(property.property(), value);
        }
        return value;
    }

    /**
     * Returns the field or method by which the metamodel's accessor sets the property; {@code null} if it uses neither.
     */
    @Nullable
    Member member() {
        StorePersistentProperty own = property.property();
        if (own.isImmutable()) {
            return null;
        }
        Method setter = own.getSetter();
        Member member = own.usePropertyAccess() && setter != null ? setter : own.getField();
        return member == null || isFixed(member) ? null : member;
    }

    private static boolean isFixed(Member member) {
        return Modifier.isStatic(member.getModifiers())
                || (member instanceof Field && Modifier.isFinal(member.getModifiers()));
    }
}
