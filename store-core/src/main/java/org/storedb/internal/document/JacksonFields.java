package org.storedb.internal.document;

import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.storedb.document.FieldType;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.BeanProperty;
import tools.jackson.databind.JavaType;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.SerializationConfig;
import tools.jackson.databind.annotation.JsonSerialize;
import tools.jackson.databind.introspect.AnnotatedClass;
import tools.jackson.databind.introspect.ClassIntrospector;
import tools.jackson.databind.jsonFormatVisitors.JsonArrayFormatVisitor;
import tools.jackson.databind.jsonFormatVisitors.JsonBooleanFormatVisitor;
import tools.jackson.databind.jsonFormatVisitors.JsonFormatVisitable;
import tools.jackson.databind.jsonFormatVisitors.JsonFormatVisitorWrapper;
import tools.jackson.databind.jsonFormatVisitors.JsonIntegerFormatVisitor;
import tools.jackson.databind.jsonFormatVisitors.JsonMapFormatVisitor;
import tools.jackson.databind.jsonFormatVisitors.JsonNumberFormatVisitor;
import tools.jackson.databind.jsonFormatVisitors.JsonObjectFormatVisitor;
import tools.jackson.databind.jsonFormatVisitors.JsonStringFormatVisitor;

/**
 * The fields of a class's documents, and their kinds, as Jackson would write them. Where this is uncertain, because of
 * a custom serializer or subclasses, the kind is {@link FieldType#ANY}.
 */
final class JacksonFields {

    private static final int KNOWN_DEPTH = 2;

    private final JavaType root;
    private final Map<JavaType, Shape> shapes = new ConcurrentHashMap<>();

    JacksonFields(JavaType root) {
        this.root = root;
    }

    /** Returns the kind of the field with this path, {@code null} if there is none. */
    @Nullable
    FieldType typeOf(String path) {
        Shape shape = shape(root);
        for (String name : FieldPaths.split(path)) {
            if (shape.kind != FieldType.OBJECT) {
                return shape.kind == FieldType.ANY ? FieldType.ANY : null;
            }
            Shape field = shape.field(name, this);
            if (field == null) {
                return shape.open ? FieldType.ANY : null;
            }
            shape = field;
        }
        return shape.kind;
    }

    /** Returns the paths of the fields, nested ones included. */
    List<String> known() {
        List<String> paths = new ArrayList<>();
        collect(shape(root), "", KNOWN_DEPTH, paths);
        return paths;
    }

    private void collect(Shape shape, String prefix, int depth, List<String> paths) {
        shape.fields.forEach((name, type) -> {
            paths.add(prefix + name);
            if (depth > 1 && type != null) {
                collect(shape(type), prefix + name + ".", depth - 1, paths);
            }
        });
    }

    private Shape shape(JavaType type) {
        Shape known = shapes.get(type);
        if (known == null) {
            known = inspect(type);
            shapes.put(type, known);
        }
        return known;
    }

    private static Shape inspect(JavaType type) {
        if (type.hasRawClass(byte[].class)) {
            return new Shape(FieldType.BINARY);
        }
        Shape shape = new Shape(FieldType.ANY);
        if (!type.isJavaLangObject() && !type.isTypeOrSubTypeOf(JsonNode.class)) {
            try {
                DocumentMapper.get().acceptJsonFormatVisitor(type, new Inspector(shape));
                shape.open = isOpen(type);
            } catch (JacksonException e) {
                shape.kind = FieldType.ANY; // Jackson cannot write it; an attempt reports that.
            }
        }
        return shape;
    }

    /** Returns whether documents may have fields that this type does not declare. */
    private static boolean isOpen(JavaType type) {
        SerializationConfig config = DocumentMapper.get().serializationConfig();
        ClassIntrospector introspector = config.classIntrospectorInstance();
        AnnotatedClass annotations = introspector.introspectClassAnnotations(type);
        return type.isAbstract()
                || annotations.hasAnnotation(JsonTypeInfo.class)
                || introspector.introspectForSerialization(type, annotations).findAnyGetter() != null
                || introspector.introspectForDeserialization(type, annotations).findAnySetterAccessor() != null;
    }

    /** What is known about the values of one Java type. */
    private static final class Shape {

        private FieldType kind;
        private boolean open; // May have fields that are not in the map.
        private @Nullable JavaType mapValues;
        private final Map<String, @Nullable JavaType> fields = new LinkedHashMap<>(); // null: written in a special way

        Shape(FieldType kind) {
            this.kind = kind;
        }

        @Nullable
        Shape field(String name, JacksonFields owner) {
            if (mapValues != null) {
                return owner.shape(mapValues);
            }
            if (!fields.containsKey(name)) {
                return null;
            }
            JavaType type = fields.get(name);
            return type == null ? new Shape(FieldType.ANY) : owner.shape(type);
        }
    }

    /** Collects what Jackson's serializer of a type says that it writes. */
    private static final class Inspector extends JsonFormatVisitorWrapper.Base {

        private final Shape shape;

        Inspector(Shape shape) {
            this.shape = shape;
        }

        @Override
        public JsonObjectFormatVisitor expectObjectFormat(JavaType type) {
            shape.kind = FieldType.OBJECT;
            return new JsonObjectFormatVisitor.Base(getContext()) {
                @Override
                public void property(BeanProperty property) {
                    add(property);
                }

                @Override
                public void optionalProperty(BeanProperty property) {
                    add(property);
                }

                @Override
                public void property(String name, JsonFormatVisitable handler, JavaType propertyType) {
                    shape.fields.put(name, null);
                }

                @Override
                public void optionalProperty(String name, JsonFormatVisitable handler, JavaType propertyType) {
                    shape.fields.put(name, null);
                }
            };
        }

        private void add(BeanProperty property) {
            boolean ownWay = property.getAnnotation(JsonFormat.class) != null
                    || property.getAnnotation(JsonSerialize.class) != null
                    || property.getAnnotation(JsonTypeInfo.class) != null;
            shape.fields.put(property.getName(), ownWay ? null : property.getType());
        }

        @Override
        public @Nullable JsonMapFormatVisitor expectMapFormat(JavaType type) {
            shape.kind = FieldType.OBJECT;
            shape.mapValues = type.getContentType();
            shape.open = shape.mapValues == null;
            return null;
        }

        @Override
        public @Nullable JsonArrayFormatVisitor expectArrayFormat(JavaType type) {
            shape.kind = FieldType.ARRAY;
            return null;
        }

        @Override
        public @Nullable JsonStringFormatVisitor expectStringFormat(JavaType type) {
            shape.kind = FieldType.STRING;
            return null;
        }

        @Override
        public @Nullable JsonNumberFormatVisitor expectNumberFormat(JavaType type) {
            shape.kind = FieldType.NUMBER;
            return null;
        }

        @Override
        public @Nullable JsonIntegerFormatVisitor expectIntegerFormat(JavaType type) {
            shape.kind = FieldType.NUMBER;
            return null;
        }

        @Override
        public @Nullable JsonBooleanFormatVisitor expectBooleanFormat(JavaType type) {
            shape.kind = FieldType.BOOLEAN;
            return null;
        }
    }
}
