package org.storedb.internal.query;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.storedb.internal.query.KeyPart.Column;
import org.storedb.query.Filter;

/**
 * Finds the ways to the documents that a filter can match: each path on its own, the intersection of several paths, and
 * for an {@code or} the union of several paths.
 */
final class CandidateSearch {

    /** No union is made for an {@code or} of more parts than this. */
    private static final int BRANCHES_MAX = 64;

    private final CollectionView collection;
    private final Predicate<Column> isOrderOfUse;

    /**
     * Creates a search for ways that may be the best.
     *
     * @param isOrderOfUse whether keys are worth walking over because they are sorted by this column
     */
    CandidateSearch(CollectionView collection, Predicate<Column> isOrderOfUse) {
        this.collection = collection;
        this.isOrderOfUse = isOrderOfUse;
    }

    /** Returns all ways; none if no document can match. */
    List<Candidate> of(Conjunction conjunction) {
        List<Candidate> candidates = withoutUnions(conjunction, isOrderOfUse);
        if (!candidates.isEmpty() && !isOneAtMost(candidates.get(0))) {
            for (Filter part : conjunction.parts()) {
                if (part instanceof Filter.Or or && or.filters().size() <= BRANCHES_MAX) {
                    Candidate union = union(conjunction, or);
                    if (union != null && union.hasNoKeys()) {
                        return List.of();
                    }
                    if (union != null) {
                        candidates.add(union);
                    }
                }
            }
        }
        return candidates;
    }

    private List<Candidate> withoutUnions(Conjunction conjunction, Predicate<Column> useful) {
        return conjunction.isContradictory()
                ? List.of()
                : ofPaths(collection, new AccessPaths(collection, conjunction).all(useful));
    }

    /** Returns each of several paths on its own, and a worthwhile combination of them. */
    static List<Candidate> ofPaths(CollectionView collection, List<AccessPath> paths) {
        List<Candidate> candidates = new ArrayList<>(paths.size() + 1);
        for (AccessPath path : paths) {
            candidates.add(Candidate.of(path));
        }
        Candidate intersection = intersection(collection, paths);
        if (intersection != null) {
            candidates.add(intersection);
        }
        return candidates;
    }

    private static boolean isOneAtMost(Candidate candidate) {
        return candidate.path() != null && candidate.path().oneAtMost();
    }

    /**
     * Returns two paths that together cover more of the filter than one alone, the one with the fewest keys first, and
     * more if they are worthwhile; {@code null} if there are no two.
     */
    private static @Nullable Candidate intersection(CollectionView collection, List<AccessPath> paths) {
        List<AccessPath> bounded = new ArrayList<>();
        for (AccessPath path : paths) {
            if (!path.boundColumns().isEmpty() && !path.points()) {
                bounded.add(path);
            }
        }
        if (bounded.size() < 2) {
            return null;
        }
        bounded.sort(Comparator.comparingLong(AccessPath::rows));
        double records = (double) Math.max(1, recordCount(collection));
        AccessPath first = bounded.get(0);
        List<QueryPlan.Keys> chosen =
                new ArrayList<>(List.of(Candidate.of(first).keys()));
        List<Filter> residual = first.residual();
        double rows = first.rows();
        for (AccessPath path : bounded.subList(1, bounded.size())) {
            List<Filter> rest =
                    residual.stream().filter(path.residual()::contains).toList();
            double restRows = Math.max(Math.min(1, rows), rows * (double) path.rows() / records);
            boolean pays = PlanCosts.readsSaved(rows - restRows) > PlanCosts.retaining((double) path.rows());
            if (rest.size() < residual.size() && (chosen.size() < 2 || pays)) {
                chosen.add(Candidate.of(path).keys());
                residual = rest;
                rows = restRows;
            }
        }
        return chosen.size() < 2
                ? null
                : new Candidate(new QueryPlan.Intersection(chosen, rows, false), null, residual);
    }

    private static long recordCount(CollectionView collection) {
        return collection.view().records(collection.recordTreeId()).size();
    }

    /**
     * Returns the union of the best ways to the documents of each branch, or {@code null} if a branch needs all
     * documents.
     */
    private @Nullable Candidate union(Conjunction conjunction, Filter.Or or) {
        List<Filter> others = new ArrayList<>(conjunction.parts());
        others.remove(or);
        List<QueryPlan.Keys> branches = new ArrayList<>();
        List<Filter> residual = new ArrayList<>();
        boolean exact = true;
        for (Filter filter : or.filters()) {
            List<Filter> parts = new ArrayList<>(others);
            parts.add(filter);
            List<Candidate> ways = withoutUnions(new Conjunction(new Filter.And(parts)), column -> false);
            if (ways.isEmpty()) {
                continue;
            }
            Candidate best = PlanCosts.cheapestToRead(ways);
            if (best.path() != null && best.path().boundColumns().isEmpty()) {
                return null;
            }
            branches.add(best.keys());
            for (Filter rest : best.residual()) {
                if (!others.contains(rest)) {
                    exact = false;
                } else if (!residual.contains(rest)) {
                    residual.add(rest);
                }
            }
        }
        if (!exact) {
            residual.add(or);
        }
        double rows = branches.stream().mapToDouble(QueryPlan.Keys::rows).sum();
        return new Candidate(new QueryPlan.Union(branches, rows, false), null, residual);
    }
}
