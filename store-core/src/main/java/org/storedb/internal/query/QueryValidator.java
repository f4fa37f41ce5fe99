package org.storedb.internal.query;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.storedb.document.DocumentCodec;
import org.storedb.document.DocumentPatch;
import org.storedb.document.DocumentPatch.Change;
import org.storedb.document.FieldType;
import org.storedb.document.ValueType;
import org.storedb.error.InvalidDocumentException;
import org.storedb.error.InvalidQueryException;
import org.storedb.index.IndexDefinition;
import org.storedb.internal.document.PlainValues;
import org.storedb.query.Aggregation;
import org.storedb.query.Filter;
import org.storedb.query.Measure;
import org.storedb.query.Measure.Function;
import org.storedb.query.Query;
import org.storedb.query.Sort.Order;

/**
 * Rejects queries, patches, indexes and expiry fields that make no sense: fields that documents do not have, values that
 * a field cannot have.
 */
public final class QueryValidator {

    private static final int NESTING_MAX = 200;

    private final String collection;
    private final Fields fields;

    /**
     * Creates a validator of queries for one collection.
     *
     * @param collection for messages
     */
    public QueryValidator(String collection, DocumentCodec<?> codec) {
        this(collection, new CodecFields(codec));
    }

    private QueryValidator(String collection, Fields fields) {
        this.collection = collection;
        this.fields = fields;
    }

    /**
     * Checks a query.
     *
     * @throws InvalidQueryException if it makes no sense
     */
    public void validate(Query query) {
        validate(query.filter(), 1);
        for (Order order : query.sort().orders()) {
            if (order.origin() == null) {
                typeOf(order.field());
            } else {
                requirePoint(order.field());
            }
        }
    }

    /**
     * Checks that documents can have a field.
     *
     * @throws InvalidQueryException if they cannot
     */
    public void validateField(String field) {
        typeOf(field);
    }

    /**
     * Checks an aggregation.
     *
     * @throws InvalidQueryException if it makes no sense
     */
    public void validate(Aggregation aggregation) {
        validate(aggregation.filter(), 1);
        aggregation.groupBy().forEach(this::typeOf);
        for (Measure measure : aggregation.measures()) {
            if (measure.field() != null) {
                requireSummable(measure, measure.field());
            }
        }
        QueryValidator ofRows = new QueryValidator(collection, new RowFields(aggregation.columns()));
        ofRows.validate(Query.where(aggregation.having()).sort(aggregation.sort()));
    }

    /**
     * Checks what an index is on.
     *
     * @throws InvalidQueryException if documents cannot have it
     */
    public void validate(IndexDefinition index) {
        for (IndexDefinition.Part part : index.parts()) {
            switch (part.kind()) {
                case VALUE -> typeOf(part.field());
                case EACH_ELEMENT -> requireArray(part.field());
                case PLACE -> requirePoint(part.field());
                case WORDS -> requireStrings(part.field());
            }
        }
        if (index.filter() != null) {
            validate(index.filter(), 1);
        }
    }

    /**
     * Checks that a field can hold the time at which a document expires.
     *
     * @throws InvalidQueryException if it cannot
     */
    public void validateExpiryField(String field) {
        FieldType type = typeOf(field);
        if (type != FieldType.ANY && type != FieldType.STRING && type != FieldType.NUMBER) {
            throw new InvalidQueryException(
                    declared(field, type) + "; a time is a string, or a number of milliseconds");
        }
    }

    /**
     * Checks the fields that a patch writes. What it removes may be a field that only older documents have.
     *
     * @throws InvalidQueryException if documents cannot have them
     */
    public void validate(DocumentPatch patch) {
        for (Change change : patch.changes()) {
            if (change instanceof Change.Rename rename) {
                known(rename.newField());
            } else if (!(change instanceof Change.Unset || change instanceof Change.Pull)) {
                known(change.field());
            }
        }
    }

    private void requireSummable(Measure measure, String field) {
        FieldType type = typeOf(field);
        boolean sums = measure.function() == Function.SUM || measure.function() == Function.AVG;
        if (sums && type != FieldType.ANY && type != FieldType.NUMBER) {
            throw new InvalidQueryException(declared(field, type) + "; it has no " + measure.name());
        }
    }

    private void validate(@Nullable Filter filter, int depth) {
        if (filter == null) {
            throw new InvalidQueryException("A filter is null; use Filter.all() to match everything");
        }
        if (depth > NESTING_MAX) {
            throw new InvalidQueryException("Filters are nested deeper than " + NESTING_MAX + " levels");
        }
        if (filter instanceof Filter.Comparison comparison) {
            requireFitting(comparison.field(), comparison.value());
        } else if (filter instanceof Filter.In in) {
            typeOf(in.field());
            in.values().forEach(value -> requireFitting(in.field(), value));
        } else if (filter instanceof Filter.Exists exists) {
            typeOf(exists.field());
        } else if (filter instanceof Filter.IsNull isNull) {
            typeOf(isNull.field());
        } else if (filter instanceof Filter.StringMatch match) {
            validate(match);
        } else if (filter instanceof Filter.HasType has) {
            requireType(has);
        } else if (filter instanceof Filter.Regex regex) {
            requireString(regex.field(), plain(regex.field(), regex.regex()));
            RegexProgram.compile(regex.regex(), regex.ignoreCase());
        } else if (filter instanceof Filter.Text text) {
            requireStrings(text.field());
        } else if (filter instanceof Filter.HasElement has) {
            requireArray(has.field());
            plain(has.field(), has.element());
        } else if (filter instanceof Filter.HasAllElements has) {
            requireArray(has.field());
            has.elements().forEach(element -> plain(has.field(), element));
        } else if (filter instanceof Filter.HasSize has) {
            requireArray(has.field());
        } else if (filter instanceof Filter.ElementMatch match) {
            requireArray(match.field());
            ofElements().validate(match.filter(), depth + 1);
        } else if (filter instanceof Filter.Near near) {
            requirePoint(near.field());
        } else if (filter instanceof Filter.Within within) {
            requirePoint(within.field());
        } else if (filter instanceof Filter.And and) {
            and.filters().forEach(part -> validate(part, depth + 1));
        } else if (filter instanceof Filter.Or or) {
            or.filters().forEach(part -> validate(part, depth + 1));
        } else if (filter instanceof Filter.Not not) {
            validate(not.filter(), depth + 1);
        } else {
            throw new IllegalStateException("No such filter: " + filter);
        }
    }

    /** Returns a validator of conditions on the elements of arrays, of which nothing is known. */
    private QueryValidator ofElements() {
        return new QueryValidator(collection, new ElementFields());
    }

    private void requireType(Filter.HasType has) {
        FieldType type = typeOf(has.field());
        FieldType asked = has.type() == ValueType.NULL ? type : fieldType(has.type());
        if (type != FieldType.ANY && type != asked) {
            throw new InvalidQueryException(declared(has.field(), type) + "; it is never " + article(asked));
        }
    }

    private void requireArray(String field) {
        FieldType type = typeOf(field);
        if (type != FieldType.ANY && type != FieldType.ARRAY) {
            throw new InvalidQueryException(declared(field, type) + "; it has no elements");
        }
    }

    private void requirePoint(String field) {
        FieldType type = typeOf(field);
        if (type != FieldType.ANY && type != FieldType.ARRAY && type != FieldType.OBJECT) {
            throw new InvalidQueryException(declared(field, type) + "; a point is an object with lat and lon, or an"
                    + " array of longitude and latitude");
        }
    }

    private void requireStrings(String field) {
        FieldType type = typeOf(field);
        if (type != FieldType.ANY && type != FieldType.STRING && type != FieldType.ARRAY) {
            throw new InvalidQueryException(declared(field, type) + "; only strings and arrays of strings have words");
        }
    }

    private void requireString(String field, Object text) {
        FieldType type = typeOf(field);
        if (type != FieldType.ANY && type != FieldType.STRING) {
            throw new InvalidQueryException(
                    declared(field, type) + "; it cannot be compared with the text \"" + shortened(text) + "\"");
        }
    }

    private void validate(Filter.StringMatch match) {
        requireString(match.field(), plain(match.field(), match.text()));
        if (match.operator() == Filter.StringOperator.LIKE) {
            LikePattern.compile(match.text());
        }
    }

    private void requireFitting(String field, @Nullable Object value) {
        FieldType type = typeOf(field);
        Object plain = plain(field, value);
        FieldType given = fieldType(Operand.typeOf(plain));
        if (type != FieldType.ANY && type != given) {
            String shown = given == FieldType.STRING ? "\"" + shortened(plain) + "\"" : shortened(plain);
            throw new InvalidQueryException(
                    declared(field, type) + "; it cannot be compared with " + article(given) + ", " + shown);
        }
    }

    /** Returns the type of fields all of whose values have this type. */
    private static FieldType fieldType(ValueType type) {
        return switch (type) {
            case NULL -> FieldType.ANY;
            case BOOLEAN -> FieldType.BOOLEAN;
            case NUMBER -> FieldType.NUMBER;
            case STRING -> FieldType.STRING;
            case BINARY -> FieldType.BINARY;
            case ARRAY -> FieldType.ARRAY;
            case OBJECT -> FieldType.OBJECT;
        };
    }

    private Object plain(String field, @Nullable Object value) {
        if (value == null) {
            throw new InvalidQueryException("Field \"" + field + "\" is compared with null, which has no order; use "
                    + "Filter.isNull or Filter.eq");
        }
        try {
            Object plain = PlainValues.of(value);
            if (plain != null) {
                return plain;
            }
        } catch (InvalidDocumentException e) {
            throw new InvalidQueryException(
                    "Field \"" + field + "\" cannot be compared with this value: " + e.getMessage());
        }
        throw new InvalidQueryException("Field \"" + field + "\" is compared with an empty value; use Filter.isNull");
    }

    private FieldType typeOf(@Nullable String field) {
        if (field == null || (field.isEmpty() && !(fields instanceof ElementFields))) {
            throw new InvalidQueryException(
                    "A condition, order or index of collection " + collection + " names no field");
        }
        return known(field);
    }

    private FieldType known(String field) {
        FieldType type = fields.typeOf(field);
        if (type == null) {
            throw new InvalidQueryException(fields.owners() + " of collection " + collection + " have no field \""
                    + field + "\"" + FieldSuggestion.of(field, fields.known()));
        }
        return type;
    }

    private String declared(String field, FieldType type) {
        return "Field \"" + field + "\" of collection " + collection + " is " + article(type);
    }

    private static String article(FieldType type) {
        return switch (type) {
            case ANY -> "of any type";
            case BOOLEAN -> "a boolean";
            case NUMBER -> "a number";
            case STRING -> "a string";
            case BINARY -> "binary";
            case ARRAY -> "an array";
            case OBJECT -> "an object";
        };
    }

    private static String shortened(Object value) {
        String text = String.valueOf(value);
        return text.length() <= 100 ? text : text.substring(0, 100) + "…";
    }

    /** The fields that a query can name, as far as they are known. */
    private sealed interface Fields {

        /** Returns the type of a field's values; {@code null} if there is no such field. */
        @Nullable
        FieldType typeOf(String field);

        default List<String> known() {
            return List.of();
        }

        /** Names what has the fields. */
        default String owners() {
            return "Documents";
        }
    }

    /** The fields of documents. */
    private record CodecFields(DocumentCodec<?> codec) implements Fields {
        @Override
        public @Nullable FieldType typeOf(String field) {
            return codec.fieldType(field);
        }

        @Override
        public List<String> known() {
            return codec.knownFields();
        }
    }

    /** The fields of an array's elements, of which nothing is known, and the elements themselves. */
    private record ElementFields() implements Fields {
        @Override
        public FieldType typeOf(String field) {
            return FieldType.ANY;
        }
    }

    /** The columns of an aggregation. */
    private record RowFields(List<String> columns) implements Fields {
        @Override
        public @Nullable FieldType typeOf(String field) {
            return columns.contains(field) ? FieldType.ANY : null;
        }

        @Override
        public List<String> known() {
            return columns;
        }

        @Override
        public String owners() {
            return "Rows of an aggregation";
        }
    }
}
