package org.storedb.spring.data.core.convert;

import java.lang.annotation.Annotation;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.data.mapping.MappingException;
import org.springframework.util.ReflectionUtils;

/**
 * A value class of Kotlin. Where its value cannot be null, the compiler uses the value itself; elsewhere, and where it
 * stands for a type parameter, the value is boxed in an object.
 */
record ValueClass(Class<?> type, Class<?> valueType, Method boxing, Method unboxing) {

    private static final String ANNOTATION = "kotlin.jvm.JvmInline";

    /** Returns the description of a value class; {@code null} if the class is not one. */
    static @Nullable ValueClass of(Class<?> type) {
        for (Annotation annotation : type.getAnnotations()) {
            if (annotation.annotationType().getName().equals(ANNOTATION)) {
                Method unboxing = Objects.requireNonNull(ReflectionUtils.findMethod(type, "unbox-impl"));
                Class<?> valueType = unboxing.getReturnType();
                Method boxing = Objects.requireNonNull(ReflectionUtils.findMethod(type, "box-impl", valueType));
                ReflectionUtils.makeAccessible(unboxing);
                ReflectionUtils.makeAccessible(boxing);
                return new ValueClass(type, valueType, boxing, unboxing);
            }
        }
        return null;
    }

    /** Returns the value boxed in an object of a value class, or any other object itself. */
    static Object valueIn(Object object) {
        ValueClass valueClass = of(object.getClass());
        return valueClass == null ? object : valueClass.unbox(object);
    }

    Object box(Object value) {
        return invoke(boxing, null, value);
    }

    Object unbox(Object object) {
        return invoke(unboxing, object);
    }

    private Object invoke(Method method, @Nullable Object target, Object... arguments) {
        try {
            return Objects.requireNonNull(method.invoke(target, arguments));
        } catch (InvocationTargetException e) {
            throw new MappingException("A %s rejects its value".formatted(type.getName()), e.getCause());
        } catch (IllegalAccessException e) {
            throw new MappingException("A %s cannot be created or read".formatted(type.getName()), e);
        }
    }
}
