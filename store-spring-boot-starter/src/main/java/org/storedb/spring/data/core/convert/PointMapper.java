package org.storedb.spring.data.core.convert;

import java.util.LinkedHashMap;
import java.util.Map;
import org.springframework.dao.InvalidDataAccessApiUsageException;
import org.springframework.data.geo.Point;
import org.storedb.document.DocumentValue;
import org.storedb.document.DocumentWriter;
import org.storedb.document.FieldType;
import org.storedb.query.GeoPoint;

/**
 * Mapper of Spring's points, whose x is a longitude and whose y is a latitude, stored as objects of {@code lat} and
 * {@code lon} as geographic queries and indexes expect them. The store's own points can be compared with them.
 */
final class PointMapper implements ValueMapper {

    static final PointMapper INSTANCE = new PointMapper();

    private static final String LATITUDE = "lat";
    private static final String LONGITUDE = "lon";

    private PointMapper() {}

    @Override
    public void write(Object value, DocumentWriter writer) {
        GeoPoint place = place((Point) value);
        writer.startObject();
        writer.name(LATITUDE);
        writer.writeDouble(place.latitude());
        writer.name(LONGITUDE);
        writer.writeDouble(place.longitude());
        writer.endObject();
    }

    @Override
    public Object read(DocumentValue value) {
        return new Point(coordinate(value, LONGITUDE), coordinate(value, LATITUDE));
    }

    private static double coordinate(DocumentValue point, String name) {
        DocumentValue coordinate = point.field(name);
        if (coordinate == null) {
            throw new IllegalStateException("a point has the fields lat and lon");
        }
        return coordinate.asDouble();
    }

    @Override
    public Object toPlain(Object value) {
        Map<String, Object> plain = new LinkedHashMap<>();
        GeoPoint place = value instanceof GeoPoint own ? own : place((Point) value);
        plain.put(LATITUDE, place.latitude());
        plain.put(LONGITUDE, place.longitude());
        return plain;
    }

    /** Rejects invalid coordinates, which would be stored but never found. */
    private static GeoPoint place(Point point) {
        if (GeoPoint.isValid(point.getY(), point.getX())) {
            return GeoPoint.of(point.getY(), point.getX());
        }
        throw new InvalidDataAccessApiUsageException(
                "Point(x = %s, y = %s) is not a place: x is the longitude, from -180 to 180, and y the latitude, from -90 to 90"
                        .formatted(point.getX(), point.getY()));
    }

    @Override
    public FieldType fieldType() {
        return FieldType.OBJECT;
    }

    @Override
    public boolean accepts(Object value) {
        return value instanceof Point || value instanceof GeoPoint;
    }
}
