package org.storedb.spring.data.core.convert;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.AccessibleObject;
import java.lang.reflect.Field;
import java.lang.reflect.InaccessibleObjectException;
import java.lang.reflect.Member;
import java.lang.reflect.Method;
import org.jspecify.annotations.Nullable;
import org.storedb.spring.data.core.mapping.StorePersistentProperty;

/**
 * Getter of one property of the objects of a class, which reads from the same member as the metamodel's accessor. The
 * member is determined once; if it is inaccessible, the accessor is used each time. Safe for use by multiple threads.
 */
final class PropertyGetter {

    private final StorePersistentProperty property;
    private final PropertyAccess access;
    private final @Nullable MethodHandle handle; // of type (Object)Object

    private PropertyGetter(StorePersistentProperty property, PropertyAccess access, @Nullable MethodHandle handle) {
        this.property = property;
        this.access = access;
        this.handle = handle;
    }

    /** Creates a getter for a property of the class that {@code access} is for. */
    static PropertyGetter of(StorePersistentProperty property, PropertyAccess access) {
        Member member = access.isDirect() ? memberOf(property) : null;
        return new PropertyGetter(property, access, member == null ? null : handleOf(member));
    }

    /** Returns the field or method that the property is read from; {@code null} if only the accessor can read it. */
    @Nullable
    Member member() {
        return handle == null ? null : memberOf(property);
    }

    /** Returns the property's value in an object; {@code null} if it has none. */
    @Nullable
    Object get(Object object) {
        if (handle == null) {
            return access.reading(object).getProperty(property);
        }
        try {
            return (Object) handle.invokeExact(object);
        } catch (Throwable e) {
            throw asIs(e);
        }
    }

    private static @Nullable Member memberOf(StorePersistentProperty property) {
        Method getter = property.getGetter();
        return property.usePropertyAccess() && getter != null ? getter : property.getField();
    }

    private static @Nullable MethodHandle handleOf(Member member) {
        try {
            ((AccessibleObject) member).setAccessible(true);
            MethodHandles.Lookup lookup = MethodHandles.lookup();
            MethodHandle direct =
                    member instanceof Method method ? lookup.unreflect(method) : lookup.unreflectGetter((Field) member);
            return direct.asType(MethodType.methodType(Object.class, Object.class));
        } catch (IllegalAccessException | InaccessibleObjectException e) {
            return null;
        }
    }

    /** Throws an exception of a getter unchanged, as the accessor does. */
    @SuppressWarnings("unchecked")
    private static <E extends Throwable> RuntimeException asIs(Throwable thrown) throws E {
        throw (E) thrown;
    }
}
