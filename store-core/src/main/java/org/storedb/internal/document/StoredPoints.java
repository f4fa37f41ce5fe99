package org.storedb.internal.document;

import org.jspecify.annotations.Nullable;
import org.storedb.document.ValueType;
import org.storedb.query.GeoPoint;

/** Reads points from stored values, see {@link GeoPoint} for their forms. */
public final class StoredPoints {

    private StoredPoints() {}

    /** Returns the point, or {@code null} if the value is not a point. */
    public static @Nullable GeoPoint of(EncodedValue value) {
        if (value.type() == ValueType.ARRAY) {
            return value.size() == 2 ? point(value.element(1), value.element(0)) : null;
        }
        if (value.type() != ValueType.OBJECT) {
            return null;
        }
        EncodedValue latitude = first(value, "lat", "latitude");
        if (latitude == null) {
            return geoJson(value);
        }
        EncodedValue longitude = first(value, "lon", "lng");
        return point(latitude, longitude == null ? value.field("longitude") : longitude);
    }

    /** Reads a GeoJSON point; a third coordinate, the altitude, is allowed and ignored. */
    private static @Nullable GeoPoint geoJson(EncodedValue value) {
        EncodedValue type = value.field("type");
        EncodedValue coordinates = value.field("coordinates");
        if (type == null || type.type() != ValueType.STRING || !type.asString().equals("Point")) {
            return null;
        }
        return coordinates != null && coordinates.type() == ValueType.ARRAY && coordinates.size() >= 2
                ? point(coordinates.element(1), coordinates.element(0))
                : null;
    }

    private static @Nullable EncodedValue first(EncodedValue object, String name, String otherName) {
        EncodedValue value = object.field(name);
        return value == null ? object.field(otherName) : value;
    }

    private static @Nullable GeoPoint point(EncodedValue latitude, @Nullable EncodedValue longitude) {
        if (longitude == null || latitude.type() != ValueType.NUMBER || longitude.type() != ValueType.NUMBER) {
            return null;
        }
        double north = latitude.asDouble();
        double east = longitude.asDouble();
        return GeoPoint.isValid(north, east) ? new GeoPoint(north, east) : null;
    }
}
