package org.storedb.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.storedb.error.InvalidQueryException;

class GeoShapeTests {

    private static final GeoPoint PARIS = GeoPoint.of(48.8566, 2.3522);
    private static final GeoPoint TOKYO = GeoPoint.of(35.6762, 139.6503);
    private static final GeoPoint NORTH_POLE = GeoPoint.of(90, 0);

    @Test
    void distancesAreThoseOfTheSphere() {
        assertThat(PARIS.distanceMeters(TOKYO)).isCloseTo(9_712_000, within(2_000.0));
        assertThat(PARIS.distanceMeters(PARIS)).isZero();
        assertThat(GeoPoint.of(0, 179.5).distanceMeters(GeoPoint.of(0, -179.5))).isCloseTo(111_195, within(1.0));
        assertThat(NORTH_POLE.distanceMeters(GeoPoint.of(90, 77))).isCloseTo(0, within(1e-6));
        double half = Math.PI * GeoPoint.EARTH_RADIUS_METERS;
        assertThat(NORTH_POLE.distanceMeters(GeoPoint.of(-90, 5))).isCloseTo(half, within(0.001));
        assertThat(GeoPoint.of(0, -90).distanceMeters(GeoPoint.of(0, 90))).isCloseTo(half, within(0.001));
    }

    @Test
    void coordinatesHaveBounds() {
        assertThatExceptionOfType(InvalidQueryException.class)
                .isThrownBy(() -> GeoPoint.of(139.7, 35.7))
                .withMessageContaining("latitude 139.7")
                .withMessageContaining("latitude first");
        assertInvalid(() -> GeoPoint.of(0, 180.001));
        assertInvalid(() -> GeoPoint.of(Double.NaN, 0));
        assertInvalid(() -> GeoShape.circle(PARIS, -1));
        assertInvalid(() -> GeoShape.circle(PARIS, Double.POSITIVE_INFINITY));
        assertInvalid(() -> GeoShape.box(PARIS, TOKYO));
        assertInvalid(() -> Filter.near("place", PARIS, 5, 4));
        assertInvalid(() -> Filter.near("place", PARIS, Double.NaN));
    }

    @Test
    void circlesReachOverPolesAndTheAntimeridian() {
        assertThat(GeoShape.circle(GeoPoint.of(0, 179.9), 30_000).contains(GeoPoint.of(0, -179.9)))
                .isTrue();
        assertThat(GeoShape.circle(GeoPoint.of(89, 0), 250_000).contains(GeoPoint.of(89, 180)))
                .isTrue();
        assertThat(GeoShape.circle(GeoPoint.of(89, 0), 200_000).contains(GeoPoint.of(89, 180)))
                .isFalse();
        assertThat(GeoShape.circle(PARIS, 0).contains(PARIS)).isTrue();
    }

    @Test
    void boxesReachOverPolesAndTheAntimeridian() {
        GeoShape fiji = GeoShape.box(GeoPoint.of(-20, 177), GeoPoint.of(-15, -178));
        assertThat(fiji.contains(GeoPoint.of(-17, 179))).isTrue();
        assertThat(fiji.contains(GeoPoint.of(-17, -179))).isTrue();
        assertThat(fiji.contains(GeoPoint.of(-17, 180))).isTrue();
        assertThat(fiji.contains(GeoPoint.of(-17, -180))).isTrue();
        assertThat(fiji.contains(GeoPoint.of(-17, 0))).isFalse();
        assertThat(fiji.contains(GeoPoint.of(-20, 177))).isTrue();
        assertThat(GeoShape.box(GeoPoint.of(0, 170), GeoPoint.of(1, 180)).contains(GeoPoint.of(0, -180)))
                .isTrue();
        assertThat(GeoShape.box(GeoPoint.of(80, 10), GeoPoint.of(90, 20)).contains(GeoPoint.of(90, -100)))
                .isTrue();
    }

    @Test
    void polygonsContainTheirCornersAndEdges() {
        GeoShape triangle = GeoShape.polygon(GeoPoint.of(0, 0), GeoPoint.of(0, 10), GeoPoint.of(10, 0));
        assertThat(triangle.contains(GeoPoint.of(1, 1))).isTrue();
        assertThat(triangle.contains(GeoPoint.of(0, 0))).isTrue();
        assertThat(triangle.contains(GeoPoint.of(0, 10))).isTrue();
        assertThat(triangle.contains(GeoPoint.of(10, 0))).isTrue();
        assertThat(triangle.contains(GeoPoint.of(5, 5))).isTrue();
        assertThat(triangle.contains(GeoPoint.of(5, 0))).isTrue();
        assertThat(triangle.contains(GeoPoint.of(0, 5))).isTrue();
        assertThat(triangle.contains(GeoPoint.of(5.001, 5))).isFalse();
        assertThat(triangle.contains(GeoPoint.of(-0.001, 5))).isFalse();
        assertThat(triangle.contains(GeoPoint.of(11, 0))).isFalse();
        assertThat(triangle.contains(GeoPoint.of(0, 11))).isFalse();
    }

    @Test
    void polygonsReachOverPolesAndTheAntimeridian() {
        GeoShape crossing = GeoShape.polygon(
                GeoPoint.of(-20, 170), GeoPoint.of(-20, -170), GeoPoint.of(-10, -170), GeoPoint.of(-10, 170));
        assertThat(crossing.contains(GeoPoint.of(-15, 180))).isTrue();
        assertThat(crossing.contains(GeoPoint.of(-15, -180))).isTrue();
        assertThat(crossing.contains(GeoPoint.of(-15, -175))).isTrue();
        assertThat(crossing.contains(GeoPoint.of(-15, -170))).isTrue();
        assertThat(crossing.contains(GeoPoint.of(-15, -169))).isFalse();
        assertThat(crossing.contains(GeoPoint.of(-15, 0))).isFalse();

        GeoShape arctic = GeoShape.polygon(GeoPoint.of(70, 0), GeoPoint.of(70, 120), GeoPoint.of(70, -120));
        assertThat(arctic.contains(NORTH_POLE)).isTrue();
        assertThat(arctic.contains(GeoPoint.of(80, 60))).isTrue();
        assertThat(arctic.contains(GeoPoint.of(80, 180))).isTrue();
        assertThat(arctic.contains(GeoPoint.of(70, 33.3))).isTrue();
        assertThat(arctic.contains(GeoPoint.of(60, 60))).isFalse();
        assertThat(arctic.contains(GeoPoint.of(-90, 0))).isFalse();

        GeoShape antarctic = GeoShape.polygon(GeoPoint.of(-70, 0), GeoPoint.of(-70, -120), GeoPoint.of(-70, 120));
        assertThat(antarctic.contains(GeoPoint.of(-90, 12))).isTrue();
        assertThat(antarctic.contains(GeoPoint.of(-80, 12))).isTrue();
        assertThat(antarctic.contains(GeoPoint.of(-60, 12))).isFalse();
        assertThat(antarctic.contains(NORTH_POLE)).isFalse();
    }

    @Test
    void polygonsThatMeanNothingAreRefused() {
        assertInvalid(() -> GeoShape.polygon(PARIS, TOKYO));
        assertInvalid(() -> GeoShape.polygon(PARIS, TOKYO, PARIS));
        assertInvalid(() -> GeoShape.polygon(GeoPoint.of(0, 0), GeoPoint.of(0, 180), GeoPoint.of(10, 90)));
        assertThat(GeoShape.polygon(PARIS, TOKYO, NORTH_POLE, PARIS))
                .isEqualTo(GeoShape.polygon(PARIS, TOKYO, NORTH_POLE));
    }

    @Test
    void polygonsOfManyCornersAreWhatTheirTrianglesAre() {
        Random random = new Random(7);
        for (int round = 0; round < 300; round++) {
            double middle = random.nextInt(360) - 180;
            List<GeoPoint> corners = new ArrayList<>();
            double[] reach = new double[12];
            for (int at = 0; at < reach.length; at++) {
                reach[at] = 5 + random.nextInt(30);
                double angle = 2 * Math.PI * at / reach.length;
                corners.add(GeoPoint.of(reach[at] * Math.sin(angle), around(middle + reach[at] * Math.cos(angle))));
            }
            GeoPolygon polygon = new GeoPolygon(corners);
            for (int count = 0; count < 50; count++) {
                double north = random.nextDouble() * 80 - 40;
                double east = random.nextDouble() * 80 - 40;
                boolean expected = isInStar(reach, north, east);
                GeoPoint point = GeoPoint.of(north, around(middle + east));
                assertThat(polygon.contains(point)).isEqualTo(expected);
                assertThat(polygon.bounds().contains(point) || !expected).isTrue();
            }
        }
    }

    @Test
    void boundsContainTheShape() {
        Random random = new Random(8);
        for (int round = 0; round < 2_000; round++) {
            GeoPoint center = GeoPoint.of(random.nextDouble() * 180 - 90, random.nextDouble() * 360 - 180);
            GeoShape circle = GeoShape.circle(center, Math.pow(10, random.nextDouble() * 7.5));
            for (int count = 0; count < 50; count++) {
                double spread = Math.pow(10, random.nextDouble() * 4 - 2);
                GeoPoint point = GeoPoint.of(
                        Math.max(-90, Math.min(90, center.latitude() + random.nextGaussian() * spread)),
                        around(center.longitude() + random.nextGaussian() * spread));
                if (circle.contains(point)) {
                    assertThat(circle.bounds().contains(point))
                            .as(circle + " " + point)
                            .isTrue();
                }
            }
        }
        assertThat(GeoShape.polygon(GeoPoint.of(70, 0), GeoPoint.of(70, 120), GeoPoint.of(60, -120))
                        .bounds())
                .isEqualTo(new GeoShape.Box(60, -180, 90, 180));
    }

    /** Whether a point is in one of the triangles between the origin and two neighbours, by their orientation. */
    private static boolean isInStar(double[] reach, double north, double east) {
        for (int at = 0; at < reach.length; at++) {
            int next = (at + 1) % reach.length;
            double x1 = reach[at] * Math.cos(2 * Math.PI * at / reach.length);
            double y1 = reach[at] * Math.sin(2 * Math.PI * at / reach.length);
            double x2 = reach[next] * Math.cos(2 * Math.PI * next / reach.length);
            double y2 = reach[next] * Math.sin(2 * Math.PI * next / reach.length);
            boolean inside = x1 * north - y1 * east >= 0
                    && east * y2 - north * x2 >= 0
                    && (x2 - x1) * (north - y1) - (y2 - y1) * (east - x1) >= 0;
            if (inside) {
                return true;
            }
        }
        return false;
    }

    private static double around(double longitude) {
        return Math.IEEEremainder(longitude, 360);
    }

    private static void assertInvalid(Runnable action) {
        assertThatExceptionOfType(InvalidQueryException.class).isThrownBy(action::run);
    }
}
