package org.storedb.spring.data.core;

import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.InvalidDataAccessApiUsageException;
import org.springframework.data.domain.Sort;
import org.springframework.data.geo.Point;
import org.storedb.query.GeoPoint;

/**
 * An order by distance, the nearest first, for everything that takes a {@link Sort}:
 * {@code Sort.by(DistanceOrder.nearest("at", point))}. Entities without a location come last, even if the order is
 * descending, unless it specifies {@link #nullsFirst}. Immutable.
 */
public final class DistanceOrder extends Sort.Order {

    private static final long serialVersionUID = 1;

    private final double latitude;
    private final double longitude;

    private DistanceOrder(Sort.Direction direction, String property, Sort.NullHandling nulls, GeoPoint origin) {
        super(direction, property, nulls);
        this.latitude = origin.latitude();
        this.longitude = origin.longitude();
    }

    /**
     * Returns the order with the nearest first.
     *
     * @param property the path of a property that is a location
     * @param origin the point that distances are measured from; its x is the longitude, its y the latitude
     * @throws org.storedb.error.InvalidQueryException if the coordinates are invalid
     */
    public static DistanceOrder nearest(String property, Point origin) {
        return nearest(property, GeoPoint.of(origin.getY(), origin.getX()));
    }

    /**
     * Returns the order with the nearest first.
     *
     * @param property the path of a property that is a location
     * @param origin the point that distances are measured from
     */
    public static DistanceOrder nearest(String property, GeoPoint origin) {
        return new DistanceOrder(Sort.Direction.ASC, property, Sort.NullHandling.NATIVE, origin);
    }

    static DistanceOrder of(Sort.Direction direction, String property, Sort.NullHandling nulls, GeoPoint origin) {
        return new DistanceOrder(direction, property, nulls, origin);
    }

    /** Returns the point that distances are measured from. */
    public GeoPoint origin() {
        return GeoPoint.of(latitude, longitude);
    }

    @Override
    public DistanceOrder with(Sort.Direction direction) {
        return of(direction, getProperty(), getNullHandling(), origin());
    }

    @Override
    public DistanceOrder reverse() {
        return with(isAscending() ? Sort.Direction.DESC : Sort.Direction.ASC);
    }

    @Override
    public DistanceOrder withProperty(String property) {
        return of(getDirection(), property, getNullHandling(), origin());
    }

    @Override
    public DistanceOrder with(Sort.NullHandling nulls) {
        return of(getDirection(), getProperty(), nulls, origin());
    }

    /** Throws an exception: distances have no case. */
    @Override
    public Sort.Order ignoreCase() {
        throw new InvalidDataAccessApiUsageException(
                "A sort by the distance of '%s' cannot ignore case".formatted(getProperty()));
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof DistanceOrder order
                && super.equals(other)
                && order.origin().equals(origin());
    }

    @Override
    public int hashCode() {
        return Objects.hash(super.hashCode(), latitude, longitude);
    }

    @Override
    public String toString() {
        return "distance of " + super.toString() + " from (" + latitude + ", " + longitude + ")";
    }
}
