package org.storedb.query;

import java.util.List;
import org.storedb.error.InvalidQueryException;

/** An area of the earth's surface, including its edge, as exactly as coordinates are computed. Immutable. */
public sealed interface GeoShape permits GeoShape.Circle, GeoShape.Box, GeoPolygon {

    static GeoShape circle(GeoPoint center, double radiusMeters) {
        return new Circle(center, radiusMeters);
    }

    /** Returns the area between two parallels and two meridians, going east from the first corner to the second. */
    static GeoShape box(GeoPoint southWest, GeoPoint northEast) {
        return new Box(southWest.latitude(), southWest.longitude(), northEast.latitude(), northEast.longitude());
    }

    /** Returns a polygon; see {@link GeoPolygon}. */
    static GeoShape polygon(GeoPoint... corners) {
        return new GeoPolygon(List.of(corners));
    }

    boolean contains(GeoPoint point);

    /** Returns a box that contains the shape, with every longitude if it contains a pole. */
    Box bounds();

    /** The area within a distance of a point. */
    record Circle(GeoPoint center, double radiusMeters) implements GeoShape {

        /** More than the rounding error of a distance or a degree. */
        private static final double DEGREES_MARGIN = 1e-6;

        public Circle {
            if (!(radiusMeters >= 0 && Double.isFinite(radiusMeters))) {
                throw new InvalidQueryException("The radius of a circle must be 0 or more, but is " + radiusMeters);
            }
        }

        @Override
        public boolean contains(GeoPoint point) {
            return center.distanceMeters(point) <= radiusMeters;
        }

        @Override
        public Box bounds() {
            double angle = radiusMeters / GeoPoint.EARTH_RADIUS_METERS;
            double degrees = Math.toDegrees(angle) + DEGREES_MARGIN;
            double south = center.latitude() - degrees;
            double north = center.latitude() + degrees;
            if (south <= -90 || north >= 90) { // A pole lies within, so every longitude does.
                return new Box(Math.max(-90, south), -180, Math.min(90, north), 180);
            }
            double sine = Math.sin(Math.toRadians(degrees)) / Math.cos(Math.toRadians(center.latitude()));
            double width = Math.toDegrees(Math.asin(Math.min(1, sine))) + DEGREES_MARGIN;
            return width >= 180
                    ? new Box(south, -180, north, 180)
                    : new Box(south, east(center.longitude() - width), north, east(center.longitude() + width));
        }

        private static double east(double longitude) {
            return longitude < -180 ? longitude + 360 : longitude > 180 ? longitude - 360 : longitude;
        }
    }

    /**
     * The area between two parallels and two meridians.
     *
     * @param south degrees north, from -90 to 90, at most {@code north}
     * @param west degrees east, from -180 to 180; greater than {@code east} if 180° lies between them
     */
    record Box(double south, double west, double north, double east) implements GeoShape {

        public Box {
            if (!GeoPoint.isValid(south, west) || !GeoPoint.isValid(north, east) || south > north) {
                throw new InvalidQueryException("There is no box from south " + south + " to north " + north
                        + ", from west "
                        + west + " to east " + east + "; latitudes range from -90 to 90, the southern one first, and"
                        + " longitudes from -180 to 180");
            }
        }

        /** Returns whether a point is in the box; a pole has every longitude. */
        @Override
        public boolean contains(GeoPoint point) {
            double latitude = point.latitude();
            if (latitude < south || latitude > north) {
                return false;
            }
            return Math.abs(latitude) == 90 || containsLongitude(point.longitude());
        }

        /** Returns whether a longitude is in the box; -180 and 180 are the same. */
        private boolean containsLongitude(double longitude) {
            return isBetween(longitude) || (Math.abs(longitude) == 180 && isBetween(-longitude));
        }

        private boolean isBetween(double longitude) {
            return west <= east ? longitude >= west && longitude <= east : longitude >= west || longitude <= east;
        }

        /** Returns this box, with every longitude if it contains a pole. */
        @Override
        public Box bounds() {
            return south == -90 || north == 90 ? new Box(south, -180, north, 180) : this;
        }
    }
}
