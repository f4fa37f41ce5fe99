package org.storedb.spring.data.repository.query;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.data.domain.Sort;
import org.springframework.data.geo.Distance;
import org.springframework.data.geo.Metric;
import org.springframework.data.geo.Metrics;
import org.storedb.query.GeoPoint;
import org.storedb.spring.data.core.DistanceOrder;
import org.storedb.spring.data.core.convert.QueryField;
import org.storedb.spring.data.core.convert.StoreConverter;

/**
 * The point that the results of a query are near.
 *
 * @param property the path of the property that has the location of a result
 * @param metric the unit of distances
 */
record Nearness(String property, GeoPoint center, Metric metric) {

    private static final double METERS_PER_KILOMETER = 1000;

    /** Returns the order with the nearest first. */
    Sort order() {
        return Sort.by(DistanceOrder.nearest(property, center));
    }

    /** Returns how far away an entity is that was found by its location. */
    Distance distance(Object entity, Class<?> type, StoreConverter converter) {
        return new Distance(meters(entity, type, converter) / METERS_PER_KILOMETER, Metrics.KILOMETERS).in(metric);
    }

    private double meters(Object entity, Class<?> type, StoreConverter converter) {
        QueryField field = Objects.requireNonNull(converter.field(type, property));
        Object place = converter.getMappingContext().getPropertyValue(entity, property);
        return place == null ? Double.POSITIVE_INFINITY : center.distanceMeters(point(field.plain(place)));
    }

    /** Converts a stored location, in any of the forms that the store accepts, to a point. */
    private static GeoPoint point(Object stored) {
        if (stored instanceof List<?> coordinates) {
            return GeoPoint.of(number(coordinates.get(1)), number(coordinates.get(0)));
        }
        Map<?, ?> fields = (Map<?, ?>) stored;
        if (fields.get("coordinates") instanceof List<?> coordinates) {
            return point(coordinates);
        }
        return GeoPoint.of(number(first(fields, "lat", "latitude")), number(first(fields, "lon", "lng", "longitude")));
    }

    private static @Nullable Object first(Map<?, ?> fields, String... names) {
        for (String name : names) {
            if (fields.get(name) != null) {
                return fields.get(name);
            }
        }
        return null;
    }

    private static double number(@Nullable Object coordinate) {
        if (coordinate instanceof Number number) {
            return number.doubleValue();
        }
        throw new IllegalStateException("A place that was found has the coordinate " + coordinate);
    }
}
