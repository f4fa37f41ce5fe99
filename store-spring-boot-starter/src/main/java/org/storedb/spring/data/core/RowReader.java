package org.storedb.spring.data.core;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.core.convert.ConversionService;
import org.springframework.dao.InvalidDataAccessApiUsageException;
import org.springframework.data.core.TypeInformation;
import org.springframework.data.projection.ProjectionFactory;
import org.springframework.util.ObjectUtils;
import org.springframework.util.StringUtils;
import org.storedb.query.Row;
import org.storedb.spring.data.core.convert.QueryField;
import org.storedb.spring.data.core.convert.StoreConverter;
import org.storedb.spring.data.core.mapping.StoreSimpleTypes;

/**
 * Reader that converts rows to a result type: a {@link Row}, a map, an array of objects, an interface whose getters or
 * a class whose constructor parameters and properties have the names of the columns, or, for a single column, its
 * value. A column that is a path, {@code address.city}, is also called {@code addressCity}. Values are those of the
 * entity's properties.
 */
public final class RowReader<R> {

    private final RowColumns columns;
    private final Function<List<@Nullable Object>, R> result;

    private RowReader(RowColumns columns, Function<List<@Nullable Object>, R> result) {
        this.columns = columns;
        this.result = result;
    }

    /**
     * A column of rows. It is null where a document has no value, even if the property is a primitive: 0 would be another
     * value.
     *
     * @param name the name shown in the result
     * @param field the property whose values the column has; {@code null} if it has other values, such as sums
     */
    public record Column(String name, @Nullable QueryField field) {
        public Column {
            field = field == null ? null : field.nullable();
        }

        String camelCase() {
            String[] names = name.split("\\.", -1);
            StringBuilder camelCase = new StringBuilder(names[0]);
            for (int at = 1; at < names.length; at++) {
                camelCase.append(StringUtils.capitalize(names[at]));
            }
            return camelCase.toString();
        }
    }

    /**
     * Creates a reader of rows that have these columns.
     *
     * @throws InvalidDataAccessApiUsageException if the columns do not fit the type
     */
    public static <R> RowReader<R> of(
            List<Column> columns, Class<R> type, StoreConverter converter, ProjectionFactory projections) {
        RowColumns rowColumns = new RowColumns(columns);
        return new RowReader<>(rowColumns, result(rowColumns, type, converter, projections));
    }

    /** Converts a row, whose values are in the order of the columns. */
    public R read(Row row) {
        return result.apply(columns.values(row));
    }

    private static <R> Function<List<@Nullable Object>, R> result(
            RowColumns columns, Class<R> type, StoreConverter converter, ProjectionFactory projections) {
        if (type == Row.class) {
            List<String> names = columns.names();
            return values -> type.cast(Row.of(names, values));
        }
        if (type.isAssignableFrom(LinkedHashMap.class)
                && (type != Object.class || columns.all().size() > 1)) {
            return values -> type.cast(columns.byName(values));
        }
        if (type == Object[].class) {
            return values -> type.cast(values.toArray());
        }
        if (isSimple(type) || isOneOf(type, columns)) {
            return single(columns, type, converter.getConversionService());
        }
        if (type.isInterface()) {
            columns.requireAll(getters(type, projections), type);
            return values -> projections.createProjection(type, columns.byAnyName(values));
        }
        Instantiation<R> instantiation = new Instantiation<>(TypeInformation.of(type), converter);
        columns.requireAll(instantiation.parameters(), type);
        requireTaken(columns, instantiation, type);
        instantiation.convertFrom(columns.types()::get, new ValueConversions(converter, projections));
        return values -> instantiation.create(columns.byAnyName(values));
    }

    private static boolean isSimple(Class<?> type) {
        return type == Object.class || type.isPrimitive() || StoreSimpleTypes.HOLDER.isSimpleType(type);
    }

    /** Returns whether there is a single column whose values, or what they are {@code Optional}s of, have this type. */
    private static boolean isOneOf(Class<?> type, RowColumns columns) {
        Column column = columns.only();
        QueryField field = column == null ? null : column.field();
        return field != null
                && (type.isAssignableFrom(field.typeInformation().getType())
                        || (!field.isMultiValued() && type.isAssignableFrom(field.singleType())));
    }

    private static <R> Function<List<@Nullable Object>, R> single(
            RowColumns columns, Class<R> type, ConversionService conversions) {
        Column column = columns.only();
        if (column == null) {
            throw new InvalidDataAccessApiUsageException(
                    "A row of %s cannot be converted to a single %s".formatted(columns.names(), type.getSimpleName()));
        }
        QueryField field = column.field();
        if (field != null && (field.isMultiValued() || field.isMap()) && !isOneOf(type, columns)) {
            throw new InvalidDataAccessApiUsageException(
                    "'%s' is %s, which cannot be converted to %s; return a List of its type, with one element for each row, or Object"
                            .formatted(column.name(), described(field), type.getSimpleName()));
        }
        return values -> converted(values.get(0), type, column.name(), conversions);
    }

    private static String described(QueryField field) {
        return field.typeInformation().toTypeDescriptor().getResolvableType().toString();
    }

    @SuppressWarnings({"unchecked", "NullAway"}) // a primitive class stands for its wrapper; the value may be null
    private static <R> R converted(@Nullable Object value, Class<R> type, String name, ConversionService conversions) {
        Object unwrapped = type.isInstance(value) ? value : ObjectUtils.unwrapOptional(value);
        return (R) ExactConversion.convert(unwrapped, type, name, conversions);
    }

    private static List<String> getters(Class<?> type, ProjectionFactory projections) {
        return projections.getProjectionInformation(type).getInputProperties().stream()
                .map(property -> property.getName())
                .toList();
    }

    /**
     * Rejects columns that a class with properties does not take. Properties need no column, so a column with a wrong
     * name would leave its property empty.
     */
    private static void requireTaken(RowColumns columns, Instantiation<?> instantiation, Class<?> type) {
        List<String> parameters = instantiation.parameters();
        List<String> properties = instantiation.properties();
        if (parameters.isEmpty() || !properties.isEmpty()) {
            columns.requireTaken(
                    Stream.concat(parameters.stream(), properties.stream()).toList(), type);
        }
    }
}
