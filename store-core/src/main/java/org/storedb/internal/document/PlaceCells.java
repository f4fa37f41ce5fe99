package org.storedb.internal.document;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.storedb.internal.bytes.ByteWriter;
import org.storedb.query.GeoPoint;
import org.storedb.query.GeoShape;
import org.storedb.query.GeoShape.Box;

/**
 * Numbers of cells, 2^32 by 2^32 of them over all latitudes and longitudes, along a Z-order curve: the bits of latitude
 * and longitude alternate, so the cells of a square that results from halving have consecutive numbers.
 */
public final class PlaceCells {

    private static final int BITS = 32;
    private static final double SIDE = 0x1p32;
    private static final long LAST = (1L << BITS) - 1;

    /** Maximum number of squares that cover a shape; more would be tighter, but cost more lookups. */
    private static final int SQUARES_MAX = 40;

    private PlaceCells() {}

    /** Returns the number of a point's cell, 8 bytes. */
    static byte[] cellOf(GeoPoint point) {
        return bytes(number(column(point.longitude()), row(point.latitude())));
    }

    /** Returns runs of cells, in ascending order, that together contain every point of a shape, and possibly others. */
    public static List<Run> covering(GeoShape shape) {
        List<Run> runs = new ArrayList<>();
        for (Box box : parts(shape.bounds())) {
            cover(new Area(column(box.west()), column(box.east()), row(box.south()), row(box.north())), runs);
        }
        return runs;
    }

    /** Returns boxes that do not cross longitude 180°, which has two numbers. */
    private static List<Box> parts(Box box) {
        if (box.west() > box.east()) {
            return List.of(
                    new Box(box.south(), box.west(), box.north(), 180),
                    new Box(box.south(), -180, box.north(), box.east()));
        }
        List<Box> parts = new ArrayList<>(List.of(box));
        if (box.east() == 180 && box.west() > -180) {
            parts.add(new Box(box.south(), -180, box.north(), -180));
        }
        if (box.west() == -180 && box.east() < 180) {
            parts.add(new Box(box.south(), 180, box.north(), 180));
        }
        return parts;
    }

    private static void cover(Area area, List<Run> runs) {
        List<Square> inside = new ArrayList<>();
        List<Square> border = List.of(new Square(0, 0, 0));
        while (!border.isEmpty()) {
            List<Square> next = new ArrayList<>();
            List<Square> full = new ArrayList<>();
            for (Square square : border) {
                for (Square quarter : square.quarters()) {
                    if (quarter.isWithin(area)) {
                        full.add(quarter);
                    } else if (quarter.meets(area)) {
                        next.add(quarter);
                    }
                }
            }
            if (inside.size() + full.size() + next.size() > SQUARES_MAX) {
                inside.addAll(border);
                break;
            }
            inside.addAll(full);
            border = next;
        }
        inside.forEach(square -> runs.add(square.run()));
    }

    private static long column(double longitude) {
        return coordinate((longitude + 180) / 360);
    }

    private static long row(double latitude) {
        return coordinate((latitude + 90) / 180);
    }

    private static long coordinate(double part) {
        return Math.max(0, Math.min(LAST, (long) (part * SIDE)));
    }

    private static long number(long column, long row) {
        return spread(column) | spread(row) << 1;
    }

    /** Returns the 32 bits of a number, each with a free bit before it. */
    private static long spread(long bits) {
        long spread = bits;
        spread = (spread | spread << 16) & 0x0000FFFF0000FFFFL;
        spread = (spread | spread << 8) & 0x00FF00FF00FF00FFL;
        spread = (spread | spread << 4) & 0x0F0F0F0F0F0F0F0FL;
        spread = (spread | spread << 2) & 0x3333333333333333L;
        return (spread | spread << 1) & 0x5555555555555555L;
    }

    private static byte[] bytes(long number) {
        return new ByteWriter().putLong(number).toByteArray();
    }

    /**
     * Cells with consecutive numbers.
     *
     * @param first number of the first cell, 8 bytes
     * @param last number of the last cell, 8 bytes
     */
    @SuppressWarnings("ArrayRecordComponent") // Never compared.
    public record Run(byte[] first, byte[] last) {

        boolean contains(byte[] cell) {
            return Arrays.compareUnsigned(first, cell) <= 0 && Arrays.compareUnsigned(cell, last) <= 0;
        }
    }

    /** Columns and rows of cells, inclusive. */
    private record Area(long west, long east, long south, long north) {}

    /** The result of halving both sides this many times. */
    private record Square(int halvings, long column, long row) {

        List<Square> quarters() {
            List<Square> quarters = new ArrayList<>();
            for (int quarter = 0; quarter < 4; quarter++) {
                quarters.add(new Square(halvings + 1, column * 2 + (quarter & 1), row * 2 + (quarter >> 1)));
            }
            return quarters;
        }

        boolean isWithin(Area area) {
            return first(column) >= area.west
                    && last(column) <= area.east
                    && first(row) >= area.south
                    && last(row) <= area.north;
        }

        boolean meets(Area area) {
            return first(column) <= area.east
                    && last(column) >= area.west
                    && first(row) <= area.north
                    && last(row) >= area.south;
        }

        Run run() {
            return new Run(bytes(number(first(column), first(row))), bytes(number(last(column), last(row))));
        }

        private long first(long index) {
            return index << (BITS - halvings);
        }

        private long last(long index) {
            return ((index + 1) << (BITS - halvings)) - 1;
        }
    }
}
