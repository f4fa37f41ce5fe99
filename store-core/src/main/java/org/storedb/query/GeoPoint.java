package org.storedb.query;

import org.storedb.error.InvalidQueryException;

/**
 * A point on the earth. In a document a point is an object with {@code lat} or {@code latitude} and {@code lon},
 * {@code lng} or {@code longitude}; or a GeoJSON point {@code {"type": "Point", "coordinates": [longitude, latitude]}};
 * or an array {@code [longitude, latitude]}; with numbers in the ranges below. Anything else is not a point.
 *
 * @param latitude degrees north of the equator, from -90 to 90
 * @param longitude degrees east of Greenwich, from -180 to 180
 */
public record GeoPoint(double latitude, double longitude) {

    /** The mean radius of the earth; all distances are those on a sphere of this radius. */
    public static final double EARTH_RADIUS_METERS = 6_371_008.8;

    public GeoPoint {
        if (!isValid(latitude, longitude)) {
            throw new InvalidQueryException("There is no point with latitude " + latitude + " and longitude "
                    + longitude + "; they range from -90 to 90 and from -180 to 180, latitude first");
        }
    }

    public static GeoPoint of(double latitude, double longitude) {
        return new GeoPoint(latitude, longitude);
    }

    /** Returns whether these coordinates are valid. */
    public static boolean isValid(double latitude, double longitude) {
        return Math.abs(latitude) <= 90 && Math.abs(longitude) <= 180;
    }

    /** Returns the great-circle distance to another point. */
    public double distanceMeters(GeoPoint other) {
        double sineOfHalfLatitude = Math.sin(Math.toRadians(other.latitude - latitude) / 2);
        double sineOfHalfLongitude = Math.sin(Math.toRadians(other.longitude - longitude) / 2);
        double haversine = sineOfHalfLatitude * sineOfHalfLatitude
                + Math.cos(Math.toRadians(latitude))
                        * Math.cos(Math.toRadians(other.latitude))
                        * sineOfHalfLongitude
                        * sineOfHalfLongitude;
        double bounded = Math.min(1, haversine);
        return 2 * EARTH_RADIUS_METERS * Math.atan2(Math.sqrt(bounded), Math.sqrt(1 - bounded));
    }
}
