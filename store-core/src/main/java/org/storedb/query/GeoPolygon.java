package org.storedb.query;

import java.util.List;
import org.storedb.error.InvalidQueryException;

/**
 * The area that a ring of corners encloses. As in GeoJSON, an edge is a straight line of latitude and longitude; it
 * takes the shorter way around the earth, so a polygon may cross longitude 180°. A ring that goes once around the earth
 * encloses the pole on the side of the equator where most of it lies, the north pole if neither. Where edges cross,
 * what is enclosed an odd number of times is inside. Immutable.
 *
 * @param corners at least three distinct ones; the first need not be repeated at the end
 */
public record GeoPolygon(List<GeoPoint> corners) implements GeoShape {

    private static final int ON_EDGE = -1;

    /** More than the rounding error of an accumulated longitude. */
    private static final double DEGREES_MARGIN = 1e-9;

    public GeoPolygon {
        corners = List.copyOf(corners);
        int count = corners.size();
        if (count > 1 && corners.get(0).equals(corners.get(count - 1))) {
            corners = corners.subList(0, count - 1);
        }
        if (corners.stream().distinct().count() < 3) {
            throw new InvalidQueryException("A polygon needs at least three different corners, but has " + corners);
        }
        for (int corner = 0; corner < corners.size(); corner++) {
            GeoPoint from = corners.get(corner);
            GeoPoint to = corners.get((corner + 1) % corners.size());
            if (Math.abs(to.longitude() - from.longitude()) == 180) {
                throw new InvalidQueryException("The edge of a polygon from " + from + " to " + to
                        + " spans half the globe, so its direction is ambiguous; put a corner between them");
            }
        }
    }

    @Override
    public boolean contains(GeoPoint point) {
        if (Math.abs(point.latitude()) == 90) {
            return containsPole(point.latitude());
        }
        boolean inside = enclosesPole() && liesNorth();
        double from = corners.get(0).longitude();
        for (int corner = 0; corner < corners.size(); corner++) {
            double to = nextLongitude(corner, from);
            int crossed = crossings(corner, from, to, point);
            if (crossed == ON_EDGE) {
                return true;
            }
            inside ^= (crossed & 1) == 1;
            from = to;
        }
        return inside;
    }

    @Override
    public Box bounds() {
        double south = corners.stream().mapToDouble(GeoPoint::latitude).min().orElseThrow();
        double north = corners.stream().mapToDouble(GeoPoint::latitude).max().orElseThrow();
        if (enclosesPole()) {
            return liesNorth() ? new Box(south, -180, 90, 180) : new Box(-90, -180, north, 180);
        }
        double at = corners.get(0).longitude();
        double west = at;
        double east = at;
        for (int corner = 0; corner < corners.size(); corner++) {
            at = nextLongitude(corner, at);
            west = Math.min(west, at);
            east = Math.max(east, at);
        }
        west -= DEGREES_MARGIN;
        east += DEGREES_MARGIN;
        return (east - west >= 360
                        ? new Box(south, -180, north, 180)
                        : new Box(south, Math.IEEEremainder(west, 360), north, Math.IEEEremainder(east, 360)))
                .bounds();
    }

    /**
     * Returns how often the path from the point north to the pole crosses an edge, or {@link #ON_EDGE}. An edge
     * contains its western end and not its eastern one, so that a corner is crossed once.
     *
     * @param from longitude of the edge's start, not wrapped at 180 degrees; likewise {@code to}
     */
    private int crossings(int corner, double from, double to, GeoPoint point) {
        double west = Math.min(from, to);
        double east = Math.max(from, to);
        int crossed = 0;
        double longitude = point.longitude() + 360 * Math.ceil((west - point.longitude()) / 360);
        for (; longitude <= east; longitude += 360) {
            double latitude = from == to ? nearest(corner, point) : latitude(corner, (longitude - from) / (to - from));
            if (latitude == point.latitude()) {
                return ON_EDGE;
            }
            if (longitude < east && latitude > point.latitude()) {
                crossed++;
            }
        }
        return crossed;
    }

    /** Returns the latitude at a fraction of an edge, from 0 to 1; exact at its ends. */
    private double latitude(int corner, double part) {
        double start = corners.get(corner).latitude();
        double end = next(corner).latitude();
        return part == 1 ? end : start + (end - start) * part;
    }

    /** Returns the latitude on an edge along a meridian that is nearest to a point. */
    private double nearest(int corner, GeoPoint point) {
        double start = corners.get(corner).latitude();
        double end = next(corner).latitude();
        return Math.max(Math.min(start, end), Math.min(Math.max(start, end), point.latitude()));
    }

    private GeoPoint next(int corner) {
        return corners.get((corner + 1) % corners.size());
    }

    /**
     * Returns the unwrapped longitude of the next corner, starting from that of the corner itself; the ring closes
     * exactly.
     */
    private double nextLongitude(int corner, double longitude) {
        return corner == corners.size() - 1 ? corners.get(0).longitude() + 360.0 * turns() : longitude + step(corner);
    }

    /** Returns the degrees from a corner east to the next one the shorter way around, negative for west. */
    private double step(int corner) {
        double step = next(corner).longitude() - corners.get(corner).longitude();
        return step > 180 ? step - 360 : step < -180 ? step + 360 : step;
    }

    /** Returns how often the ring goes around the earth, eastward positive. */
    private long turns() {
        double sum = 0;
        for (int corner = 0; corner < corners.size(); corner++) {
            sum += step(corner);
        }
        return Math.round(sum / 360);
    }

    private boolean enclosesPole() {
        return (turns() & 1) == 1;
    }

    private boolean liesNorth() {
        return corners.stream().mapToDouble(GeoPoint::latitude).sum() >= 0;
    }

    private boolean containsPole(double latitude) {
        boolean touched = corners.stream().anyMatch(corner -> corner.latitude() == latitude);
        return touched || (enclosesPole() && liesNorth() == latitude > 0);
    }
}
