package org.storedb.spring.data.core;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.InvalidDataAccessApiUsageException;
import org.springframework.data.core.TypeInformation;
import org.storedb.query.Row;
import org.storedb.spring.data.core.RowReader.Column;
import org.storedb.spring.data.core.convert.QueryField;

/** The columns of rows, each of which can be called by its name and by its name in camel case. */
record RowColumns(List<Column> all) {

    RowColumns {
        all = List.copyOf(all);
    }

    List<String> names() {
        return all.stream().map(Column::name).toList();
    }

    /** Returns the only column; {@code null} if there are several. */
    @Nullable
    Column only() {
        return all.size() == 1 ? all.get(0) : null;
    }

    /** Returns the values of a row in the order of the columns, as those of the properties. */
    List<@Nullable Object> values(Row row) {
        List<@Nullable Object> values = new ArrayList<>();
        for (int at = 0; at < all.size(); at++) {
            Object plain = row.value(row.names().get(at));
            QueryField field = all.get(at).field();
            values.add(field == null ? plain : field.fromStored(plain));
        }
        return values;
    }

    Map<String, @Nullable Object> byName(List<@Nullable Object> values) {
        Map<String, @Nullable Object> map = new LinkedHashMap<>();
        for (int at = 0; at < all.size(); at++) {
            map.put(all.get(at).name(), values.get(at));
        }
        return map;
    }

    Map<String, @Nullable Object> byAnyName(List<@Nullable Object> values) {
        Map<String, @Nullable Object> map = new LinkedHashMap<>();
        for (int at = 0; at < all.size(); at++) {
            map.put(all.get(at).camelCase(), values.get(at));
            map.put(all.get(at).name(), values.get(at));
        }
        return map;
    }

    /** Returns the types of the columns by all of their names. */
    Map<String, TypeInformation<?>> types() {
        Map<String, TypeInformation<?>> types = new HashMap<>();
        for (Column column : all) {
            QueryField field = column.field();
            TypeInformation<?> type = field == null ? TypeInformation.OBJECT : field.typeInformation();
            types.put(column.camelCase(), type);
            types.put(column.name(), type);
        }
        return types;
    }

    /** Rejects a type that needs values that are in no column. */
    void requireAll(List<String> wanted, Class<?> type) {
        Set<String> names = types().keySet();
        for (String name : wanted) {
            if (!names.contains(name)) {
                throw new InvalidDataAccessApiUsageException(
                        "%s needs '%s', but the columns are %s; rename a figure with 'as'"
                                .formatted(type.getSimpleName(), name, names()));
            }
        }
    }

    /** Rejects a type that does not take the values of all columns. */
    void requireTaken(List<String> taken, Class<?> type) {
        for (Column column : all) {
            if (!taken.contains(column.name()) && !taken.contains(column.camelCase())) {
                throw new InvalidDataAccessApiUsageException("%s takes no '%s', only %s; rename a figure with 'as'"
                        .formatted(type.getSimpleName(), column.name(), taken));
            }
        }
    }
}
