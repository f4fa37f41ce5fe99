package org.storedb.spring.data.core;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.core.convert.ConversionService;
import org.springframework.dao.InvalidDataAccessApiUsageException;
import org.springframework.data.core.TypeInformation;
import org.springframework.data.projection.ProjectionFactory;
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

    private final List<Column> columns;
    private final Function<List<@Nullable Object>, R> result;

    private RowReader(List<Column> columns, Function<List<@Nullable Object>, R> result) {
        this.columns = columns;
        this.result = result;
    }

    /**
     * A column of rows.
     *
     * @param name the name shown in the result
     * @param field the property whose values the column has; {@code null} if it has other values, such as sums
     */
    public record Column(String name, @Nullable QueryField field) {

        private String camelCase() {
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
        return new RowReader<>(columns, result(columns, type, converter, projections));
    }

    /** Converts a row, whose values are in the order of the columns. */
    public R read(Row row) {
        List<@Nullable Object> values = new ArrayList<>();
        for (int at = 0; at < columns.size(); at++) {
            Object plain = row.value(row.names().get(at));
            QueryField field = columns.get(at).field();
            values.add(field == null ? plain : field.fromStored(plain));
        }
        return result.apply(values);
    }

    private static <R> Function<List<@Nullable Object>, R> result(
            List<Column> columns, Class<R> type, StoreConverter converter, ProjectionFactory projections) {
        List<String> names = columns.stream().map(Column::name).toList();
        if (type == Row.class) {
            return values -> type.cast(Row.of(names, values));
        }
        if (type.isAssignableFrom(LinkedHashMap.class) && (type != Object.class || columns.size() > 1)) {
            return values -> type.cast(map(names, values));
        }
        if (type == Object[].class) {
            return values -> type.cast(values.toArray());
        }
        if (isSimple(type) || isOneOf(type, columns)) {
            return single(columns, type, converter.getConversionService());
        }
        if (type.isInterface()) {
            requireColumns(columns, getters(type, projections), type);
            return values -> projections.createProjection(type, byAnyName(columns, values));
        }
        Instantiation<R> instantiation = new Instantiation<>(type, converter);
        requireColumns(columns, instantiation.parameters(), type);
        requireTaken(columns, instantiation, type);
        instantiation.convertFrom(types(columns)::get, new ValueConversions(converter, projections));
        return values -> instantiation.create(byAnyName(columns, values));
    }

    private static boolean isSimple(Class<?> type) {
        return type == Object.class || type.isPrimitive() || StoreSimpleTypes.HOLDER.isSimpleType(type);
    }

    /** Returns whether there is a single column whose values are already of this type. */
    private static boolean isOneOf(Class<?> type, List<Column> columns) {
        QueryField field = columns.size() == 1 ? columns.get(0).field() : null;
        return field != null && type.isAssignableFrom(field.typeInformation().getType());
    }

    private static <R> Function<List<@Nullable Object>, R> single(
            List<Column> columns, Class<R> type, ConversionService conversions) {
        if (columns.size() != 1) {
            throw new InvalidDataAccessApiUsageException("A row of %s does not make one %s"
                    .formatted(columns.stream().map(Column::name).toList(), type.getSimpleName()));
        }
        Column column = columns.get(0);
        QueryField field = column.field();
        if (field != null && (field.isMultiValued() || field.isMap()) && !isOneOf(type, columns)) {
            throw new InvalidDataAccessApiUsageException(
                    "'%s' is %s, which makes no %s; return a List of what it is, one for each row, or Object"
                            .formatted(column.name(), described(field), type.getSimpleName()));
        }
        return values -> converted(values.get(0), type, column.name(), conversions);
    }

    private static String described(QueryField field) {
        return field.typeInformation().toTypeDescriptor().getResolvableType().toString();
    }

    @SuppressWarnings({"unchecked", "NullAway"}) // a primitive class stands for its wrapper; the value may be null
    private static <R> R converted(@Nullable Object value, Class<R> type, String name, ConversionService conversions) {
        return (R) ExactConversion.convert(value, type, name, conversions);
    }

    private static Map<String, @Nullable Object> map(List<String> names, List<@Nullable Object> values) {
        Map<String, @Nullable Object> map = new LinkedHashMap<>();
        for (int at = 0; at < names.size(); at++) {
            map.put(names.get(at), values.get(at));
        }
        return map;
    }

    private static Map<String, @Nullable Object> byAnyName(List<Column> columns, List<@Nullable Object> values) {
        Map<String, @Nullable Object> map = new LinkedHashMap<>();
        for (int at = 0; at < columns.size(); at++) {
            map.put(columns.get(at).camelCase(), values.get(at));
            map.put(columns.get(at).name(), values.get(at));
        }
        return map;
    }

    private static Map<String, TypeInformation<?>> types(List<Column> columns) {
        Map<String, TypeInformation<?>> types = new HashMap<>();
        for (Column column : columns) {
            QueryField field = column.field();
            TypeInformation<?> type = field == null ? TypeInformation.OBJECT : field.typeInformation();
            types.put(column.camelCase(), type);
            types.put(column.name(), type);
        }
        return types;
    }

    private static List<String> getters(Class<?> type, ProjectionFactory projections) {
        return projections.getProjectionInformation(type).getInputProperties().stream()
                .map(property -> property.getName())
                .toList();
    }

    private static void requireColumns(List<Column> columns, List<String> wanted, Class<?> type) {
        Set<String> names = new HashSet<>();
        columns.forEach(column -> {
            names.add(column.name());
            names.add(column.camelCase());
        });
        for (String name : wanted) {
            if (!names.contains(name)) {
                throw new InvalidDataAccessApiUsageException(
                        "%s wants '%s', but the columns are %s; 'as' gives a figure another name"
                                .formatted(
                                        type.getSimpleName(),
                                        name,
                                        columns.stream().map(Column::name).toList()));
            }
        }
    }

    /**
     * Rejects columns that a class with properties does not take. Properties need no column, so a column with a wrong
     * name would leave its property empty.
     */
    private static void requireTaken(List<Column> columns, Instantiation<?> instantiation, Class<?> type) {
        List<String> parameters = instantiation.parameters();
        List<String> properties = instantiation.properties();
        if (properties.isEmpty() && !parameters.isEmpty()) {
            return;
        }
        List<String> taken =
                Stream.concat(parameters.stream(), properties.stream()).toList();
        for (Column column : columns) {
            if (!taken.contains(column.name()) && !taken.contains(column.camelCase())) {
                throw new InvalidDataAccessApiUsageException(
                        "%s takes no '%s', only %s; 'as' gives a figure another name"
                                .formatted(type.getSimpleName(), column.name(), taken));
            }
        }
    }
}
