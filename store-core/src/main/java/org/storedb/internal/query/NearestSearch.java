package org.storedb.internal.query;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.storedb.internal.query.KeyPart.Column;
import org.storedb.internal.query.KeyPart.Form;
import org.storedb.internal.query.QueryPlan.Slice;
import org.storedb.query.Continuation;
import org.storedb.query.Filter;
import org.storedb.query.GeoPoint;
import org.storedb.query.Query;
import org.storedb.query.Sort.Direction;
import org.storedb.query.Sort.NullOrder;
import org.storedb.query.Sort.Order;

/**
 * Finds the nearest matches through an index on places: those within a circle that, according to the counts of the
 * index, has enough of them. If it does, they are the nearest of all; if not, a larger circle may.
 */
final class NearestSearch {

    /** For more results than this, no circles are used. */
    private static final long RESULTS_MAX = 10_000;

    /**
     * Radius of the smallest circle; each further one has twice the radius, up to half the circumference of the earth.
     */
    private static final double RADIUS_MIN_METERS = 50;

    private static final int CIRCLES = 20;

    /**
     * A circle should have this many times the wanted keys: the squares that cover a circle are at least a quarter
     * larger than it.
     */
    private static final double SPARE = 4;

    /** If other conditions exclude an unknown part of a circle, the next one has this many times the keys. */
    private static final double GROWTH = 16;

    private final Query query;
    private final CollectionView collection;
    private final Order nearest;
    private final GeoPoint origin;
    private final double fromMeters;

    private NearestSearch(Query query, CollectionView collection, Order nearest, GeoPoint origin, double fromMeters) {
        this.query = query;
        this.collection = collection;
        this.nearest = nearest;
        this.origin = origin;
        this.fromMeters = fromMeters;
    }

    /** A circle, and the way to the nearest matches in it. */
    record Circle(double radiusMeters, Candidate candidate) {}

    /**
     * Returns circles that are likely to have as many matches as requested, the smallest first; none if the query does
     * not request the nearest, or too many of them, or no index helps.
     *
     * @param orders the orders of the query that make a difference
     * @param matches maximum number of matching documents
     */
    static List<Circle> of(Query query, CollectionView collection, List<Order> orders, double matches) {
        long wanted = new Slice(query.offset(), query.limit()).end();
        if (orders.isEmpty() || wanted > RESULTS_MAX) {
            return List.of();
        }
        Order first = orders.get(0);
        GeoPoint origin = first.origin();
        boolean nearestFirst = first.direction() == Direction.ASCENDING && first.nulls() == NullOrder.LAST;
        if (origin == null || !nearestFirst || !hasIndex(collection, first.field())) {
            return List.of();
        }
        Double from = distanceBefore(query, first);
        return from == null
                ? List.of()
                : new NearestSearch(query, collection, first, origin, from).circles(wanted, matches);
    }

    private static boolean hasIndex(CollectionView collection, String field) {
        for (IndexShape index : collection.indexes()) {
            if (index.parts().stream().anyMatch(part -> isOn(part.column(), field))) {
                return true;
            }
        }
        return false;
    }

    private static boolean isOn(Column column, String field) {
        return column.form() == Form.PLACE && column.field().equals(field);
    }

    /**
     * Returns the distance up to which results have already been seen, in metres; {@code null} if that is beyond all
     * points.
     */
    private static @Nullable Double distanceBefore(Query query, Order nearest) {
        Continuation continuation = query.continuation();
        if (continuation == null) {
            return 0.0;
        }
        Object seen = continuation.values().get(query.sort().orders().indexOf(nearest));
        if (!(seen instanceof Number metres) || Double.isInfinite(metres.doubleValue())) {
            return null;
        }
        return Math.max(0, metres.doubleValue());
    }

    private List<Circle> circles(long wanted, double matches) {
        List<Circle> circles = new ArrayList<>();
        Candidate widest = candidate(CIRCLES - 1);
        if (widest == null) {
            return circles;
        }
        boolean onlyPlaces = widest.residual().size() <= 1;
        double keysPerMatch = Math.max(1, widest.rows() / Math.max(1, matches));
        for (double enough = wanted * keysPerMatch * SPARE; enough <= widest.rows(); enough *= GROWTH) {
            circles.add(circle(enough, widest));
            if (onlyPlaces) {
                break;
            }
        }
        return circles;
    }

    /** Returns the smallest circle with this many keys, which the widest one has. */
    private Circle circle(double enough, Candidate widest) {
        int tooSmall = -1;
        int large = CIRCLES - 1;
        Candidate candidate = widest;
        while (large - tooSmall > 1) {
            int middle = (tooSmall + large) / 2;
            Candidate smaller = candidate(middle);
            if (smaller != null && smaller.rows() >= enough) {
                large = middle;
                candidate = smaller;
            } else {
                tooSmall = middle;
            }
        }
        return new Circle(radius(large), candidate);
    }

    private double radius(int circle) {
        return fromMeters + RADIUS_MIN_METERS * (1L << circle);
    }

    /**
     * Returns the best way to the matches within a circle, through an index on places; {@code null} if there is none.
     */
    private @Nullable Candidate candidate(int circle) {
        Filter near = Filter.near(nearest.field(), origin, fromMeters, radius(circle));
        Conjunction conjunction = new Conjunction(query.filter().and(near));
        Candidate best = null;
        for (AccessPath path : new AccessPaths(collection, conjunction).all()) {
            boolean inCircle = path.boundColumns().stream().anyMatch(column -> isOn(column, nearest.field()));
            if (inCircle && !path.repeating() && (best == null || path.rows() < best.rows())) {
                best = Candidate.of(path);
            }
        }
        return best;
    }
}
