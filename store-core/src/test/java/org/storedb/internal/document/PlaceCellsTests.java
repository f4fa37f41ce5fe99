package org.storedb.internal.document;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.storedb.query.GeoPoint;
import org.storedb.query.GeoShape;

class PlaceCellsTests {

    private static final List<GeoPoint> EDGES = List.of(
            GeoPoint.of(0, 0),
            GeoPoint.of(90, 0),
            GeoPoint.of(-90, 77),
            GeoPoint.of(0, 180),
            GeoPoint.of(0, -180),
            GeoPoint.of(45, Math.nextDown(180.0)),
            GeoPoint.of(-0.0, -0.0));

    @Test
    void everyPointOfAShapeIsInOneOfItsRuns() {
        Random random = new Random(9);
        int contained = 0;
        for (int round = 0; round < 600; round++) {
            GeoPoint near = random.nextInt(4) == 0 ? EDGES.get(random.nextInt(EDGES.size())) : point(random, 180);
            double reach = Math.pow(10, random.nextInt(7));
            GeoShape shape = random.nextBoolean() ? GeoShape.circle(near, reach) : box(near, reach / 100_000, random);
            List<PlaceCells.Run> runs = PlaceCells.covering(shape);
            List<GeoPoint> points = new ArrayList<>(EDGES);
            for (int i = 0; i < 40; i++) {
                points.add(around(near, reach / 90_000, random));
            }
            for (GeoPoint point : points) {
                if (shape.contains(point)) {
                    contained++;
                    byte[] cell = PlaceCells.cellOf(point);
                    assertThat(runs).as("%s of %s", point, shape).anyMatch(run -> run.contains(cell));
                }
            }
        }
        assertThat(contained).isGreaterThan(5_000);
    }

    @Test
    void runsAreFewAndHardlyLargerThanTheShape() {
        Random random = new Random(4);
        for (int round = 0; round < 200; round++) {
            GeoPoint center = GeoPoint.of(random.nextInt(120) - 60, random.nextInt(300) - 150);
            GeoShape shape = GeoShape.circle(center, 10_000);
            List<PlaceCells.Run> runs = PlaceCells.covering(shape);
            assertThat(runs.size()).isLessThanOrEqualTo(40);
            int found = 0;
            for (int i = 0; i < 500; i++) {
                byte[] cell = PlaceCells.cellOf(around(center, 5, random));
                found += runs.stream().anyMatch(run -> run.contains(cell)) ? 1 : 0;
            }
            assertThat(found).as("of points that are up to 500 km away").isLessThan(25);
        }
    }

    @Test
    void cellsOfASquareThatHalvingLeadsToFollowEachOther() {
        byte[] southWest = PlaceCells.cellOf(GeoPoint.of(-90, -180));
        byte[] northEast = PlaceCells.cellOf(GeoPoint.of(90, 180));
        assertThat(southWest).containsOnly(0);
        assertThat(northEast).containsOnly(0xFF);
        assertThat(Arrays.compareUnsigned(
                        PlaceCells.cellOf(GeoPoint.of(Math.nextDown(-1e-9), 179)),
                        PlaceCells.cellOf(GeoPoint.of(0, -180))))
                .as("south comes before north")
                .isNegative();
    }

    private static GeoPoint point(Random random, double span) {
        return GeoPoint.of(random.nextDouble() * 180 - 90, random.nextDouble() * 2 * span - span);
    }

    private static GeoPoint around(GeoPoint center, double degrees, Random random) {
        double latitude = center.latitude() + (random.nextDouble() * 2 - 1) * degrees;
        double longitude = center.longitude() + (random.nextDouble() * 2 - 1) * degrees;
        return GeoPoint.of(Math.max(-90, Math.min(90, latitude)), Math.IEEEremainder(longitude, 360));
    }

    private static GeoShape box(GeoPoint corner, double degrees, Random random) {
        double north = Math.min(90, corner.latitude() + random.nextDouble() * degrees);
        double east = corner.longitude() + Math.min(350, random.nextDouble() * degrees);
        return GeoShape.box(corner, GeoPoint.of(north, east > 180 ? east - 360 : east));
    }
}
