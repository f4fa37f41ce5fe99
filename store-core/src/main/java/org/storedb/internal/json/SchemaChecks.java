package org.storedb.internal.json;

import com.networknt.schema.Error;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaException;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import com.networknt.schema.path.NodePath;
import java.math.BigInteger;
import java.util.List;
import org.storedb.document.DocumentValue;
import org.storedb.document.DocumentViolation;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Validates documents against a JSON Schema. The only class that uses the schema library. Safe for use by many threads.
 */
public final class SchemaChecks {

    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private final Schema schema;

    private SchemaChecks(Schema schema) {
        this.schema = schema;
    }

    /**
     * Parses a schema.
     *
     * @throws IllegalArgumentException if it is not a schema, or refers to another file
     */
    public static SchemaChecks parse(String text) {
        try {
            SchemaRegistry registry = SchemaRegistry.withDefaultDialect(
                    SpecificationVersion.DRAFT_2020_12,
                    builder -> builder.schemaLoader(
                            loader -> loader.block(iri -> !iri.toString().startsWith("classpath:"))));
            Schema schema = registry.getSchema(text, InputFormat.JSON);
            requireObjectOrBoolean(schema.getSchemaNode());
            schema.initializeValidators(); // Here, not at the first document, errors in it are reported.
            return new SchemaChecks(schema);
        } catch (SchemaException | JacksonException e) {
            throw new IllegalArgumentException("The JSON Schema cannot be used: " + e.getMessage(), e);
        }
    }

    private static void requireObjectOrBoolean(JsonNode schema) {
        if (!schema.isObject() && !schema.isBoolean()) {
            throw new IllegalArgumentException("A JSON Schema must be an object, not " + schema.getNodeType());
        }
    }

    /** Returns all violations of a document. */
    public List<DocumentViolation> validate(DocumentValue document) {
        return schema.validate(node(document)).stream()
                .map(error -> new DocumentViolation(path(error), String.valueOf(error.getMessage())))
                .toList();
    }

    private static String path(Error error) {
        StringBuilder path = new StringBuilder();
        NodePath location = error.getInstanceLocation();
        for (int i = 0; i < location.getNameCount(); i++) {
            Object element = location.getElement(i);
            if (element instanceof Integer index) {
                path.append('[').append(index).append(']');
            } else {
                path.append(path.isEmpty() ? "" : ".").append(element);
            }
        }
        return path.toString();
    }

    private static JsonNode node(DocumentValue value) {
        return switch (value.type()) {
            case NULL -> NODES.nullNode();
            case BOOLEAN -> NODES.booleanNode(value.asBoolean());
            case NUMBER -> number(value);
            case STRING -> NODES.stringNode(value.asString());
            case BINARY -> NODES.binaryNode(value.asBinary());
            case ARRAY -> {
                ArrayNode array = NODES.arrayNode(value.size());
                value.forEachElement(element -> array.add(node(element)));
                yield array;
            }
            case OBJECT -> {
                ObjectNode object = NODES.objectNode();
                value.forEachField((name, field) -> object.set(name, node(field)));
                yield object;
            }
        };
    }

    private static JsonNode number(DocumentValue value) {
        Object number = value.toObject();
        if (number instanceof Integer small) {
            return NODES.numberNode(small);
        }
        if (number instanceof Long large) {
            return NODES.numberNode(large);
        }
        if (number instanceof Double fraction) {
            return NODES.numberNode(fraction);
        }
        return number instanceof BigInteger integer
                ? NODES.numberNode(integer)
                : NODES.numberNode(value.asBigDecimal());
    }
}
