package org.storedb.spring.data.core;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.core.convert.ConversionService;
import org.springframework.dao.InvalidDataAccessApiUsageException;
import org.storedb.query.Aggregation;
import org.storedb.query.Measure;
import org.storedb.query.Sort;
import org.storedb.spring.data.core.convert.QueryField;

/** Translator of aggregations over groups of entities to those over their documents. */
final class AggregationMapper {

    private final FilterMapper fields;
    private final ConversionService conversions;

    AggregationMapper(FilterMapper fields, ConversionService conversions) {
        this.fields = fields;
        this.conversions = conversions;
    }

    /**
     * Returns the aggregation with the names and values used in documents; measures keep their names.
     *
     * @throws InvalidDataAccessApiUsageException if a property or column does not exist, or a value does not fit
     */
    Aggregation toStored(Aggregation aggregation) {
        Map<String, String> stored = new LinkedHashMap<>();
        aggregation
                .groupBy()
                .forEach(path -> stored.put(path, fields.field(path).path()));
        aggregation.measures().forEach(measure -> stored.put(measure.name(), measure.name()));
        FilterMapper columns = new ColumnFilters(aggregation, stored).mapper();
        return new Aggregation(
                fields.toStored(aggregation.filter()),
                aggregation.groupBy().stream().map(stored::get).toList(),
                aggregation.measures().stream().map(this::toStored).toList(),
                columns.toStored(aggregation.having()),
                new Sort(aggregation.sort().orders().stream()
                        .map(order -> order.by(columns.field(order.field()).path()))
                        .toList()),
                aggregation.offset(),
                aggregation.limit());
    }

    /** Returns the columns of the result, with the names that the aggregation gives them. */
    List<RowReader.Column> columns(Aggregation aggregation) {
        List<RowReader.Column> columns = new ArrayList<>();
        aggregation.groupBy().forEach(path -> columns.add(new RowReader.Column(path, fields.field(path))));
        aggregation.measures().forEach(measure -> columns.add(new RowReader.Column(measure.name(), property(measure))));
        return columns;
    }

    private Measure toStored(Measure measure) {
        return measure.field() == null
                ? measure
                : new Measure(measure.function(), fields.field(measure.field()).path(), measure.name());
    }

    /** Returns the property whose values a measure yields, or null if it yields other values. */
    private @Nullable QueryField property(Measure measure) {
        boolean isValue = measure.function() == Measure.Function.MIN || measure.function() == Measure.Function.MAX;
        return isValue && measure.field() != null ? fields.field(measure.field()) : null;
    }

    /** The columns that {@code having} and {@code sort} may refer to, by their names in the result. */
    private final class ColumnFilters {

        private final Map<String, QueryField> columns = new LinkedHashMap<>();

        ColumnFilters(Aggregation aggregation, Map<String, String> stored) {
            columns(aggregation).forEach(column -> {
                String name = stored.getOrDefault(column.name(), column.name());
                QueryField field = column.field();
                columns.put(column.name(), field == null ? QueryField.ofAnyType(name, conversions) : field.at(name));
            });
        }

        FilterMapper mapper() {
            return new FilterMapper("A row of " + columns.keySet(), columns::get);
        }
    }
}
