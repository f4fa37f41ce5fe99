package org.storedb.spring.data.repository.query;

import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.InvalidDataAccessApiUsageException;
import org.springframework.data.domain.Range;
import org.springframework.data.geo.Box;
import org.springframework.data.geo.Circle;
import org.springframework.data.geo.Distance;
import org.springframework.data.geo.Metric;
import org.springframework.data.geo.Metrics;
import org.springframework.data.geo.Point;
import org.springframework.data.geo.Polygon;
import org.storedb.query.Filter;
import org.storedb.query.GeoPoint;
import org.storedb.query.GeoShape;

/**
 * Conversions of arguments that denote locations: Spring's points, whose x is a longitude and whose y is a latitude,
 * its shapes and distances, and the store's own types.
 */
final class Places {

    private static final double METERS_PER_KILOMETER = 1000;

    private Places() {}

    static boolean isPoint(Class<?> type) {
        return type == Point.class || type == GeoPoint.class;
    }

    static boolean isShape(Class<?> type) {
        return Set.of(Circle.class, Box.class, Polygon.class).contains(type) || GeoShape.class.isAssignableFrom(type);
    }

    static GeoPoint point(Object point) {
        return point instanceof Point given ? GeoPoint.of(given.getY(), given.getX()) : (GeoPoint) point;
    }

    /** Returns the distance in meters; one without a unit is rejected, since it would be an angle. */
    static double meters(Object distance) {
        Distance given = (Distance) distance;
        Metric metric = given.getMetric();
        if (metric == Metrics.NEUTRAL) {
            throw new InvalidDataAccessApiUsageException(
                    "The distance %s has no unit: use Metrics.KILOMETERS or Metrics.MILES".formatted(given.getValue()));
        }
        return given.in(Metrics.KILOMETERS).getValue() * METERS_PER_KILOMETER;
    }

    /** Returns the unit of a distance, a range of distances or a circle; kilometers if there is none. */
    static Metric metric(@Nullable Object extent) {
        if (extent instanceof Circle circle) {
            return circle.getRadius().getMetric();
        }
        Object distance = extent instanceof Range<?> range
                ? range.getUpperBound().getValue().orElse(null)
                : extent;
        return distance instanceof Distance given ? given.getMetric() : Metrics.KILOMETERS;
    }

    static GeoShape shape(Object shape) {
        if (shape instanceof GeoShape own) {
            return own;
        }
        if (shape instanceof Circle circle) {
            return GeoShape.circle(point(circle.getCenter()), meters(circle.getRadius()));
        }
        if (shape instanceof Box box) {
            return GeoShape.box(point(box.getFirst()), point(box.getSecond()));
        }
        return GeoShape.polygon(
                ((Polygon) shape).getPoints().stream().map(Places::point).toArray(GeoPoint[]::new));
    }

    /** Converts an argument to what the text form of queries accepts: the store's own points and shapes, and meters. */
    static @Nullable Object toText(@Nullable Object argument) {
        if (argument instanceof Point) {
            return point(argument);
        }
        if (argument instanceof Distance) {
            return meters(argument);
        }
        return argument != null && isShape(argument.getClass()) ? shape(argument) : argument;
    }

    /** Returns whether {@link #toText} changes the values of a type. */
    static boolean isConverted(Class<?> type) {
        return Point.class.isAssignableFrom(type) || Distance.class.isAssignableFrom(type) || isShape(type);
    }

    /**
     * Returns a filter by distance.
     *
     * @param distance a {@link Distance} or a range of them; the bounds of a range are included, and the lower one may
     *     be absent
     */
    static Filter near(String path, Object center, Object distance) {
        if (!(distance instanceof Range<?> range)) {
            return Filter.near(path, point(center), meters(distance));
        }
        Object to = range.getUpperBound()
                .getValue()
                .orElseThrow(() -> new InvalidDataAccessApiUsageException(
                        "The range of distances for '%s' has no upper bound".formatted(path)));
        double from = range.getLowerBound().getValue().map(Places::meters).orElse(0.0);
        return Filter.near(path, point(center), from, meters(to));
    }
}
