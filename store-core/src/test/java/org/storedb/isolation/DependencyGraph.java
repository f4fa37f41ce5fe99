package org.storedb.isolation;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.storedb.Isolation;
import org.storedb.isolation.ListAppend.Anomaly;

/**
 * Which transaction comes after which, and why. Adya, "Weak Consistency" (1999), names the cycles: of writes only (G0), of
 * writes and reads of what was written (G1c), with one read that missed a later write (G-single), with more of these (G2).
 *
 * <p>Snapshot isolation forbids every cycle but those in which two such missed writes follow each other, after Cerone and
 * Gotsman, "Analysing Snapshot Isolation" (PODC 2016); serializability forbids all.
 */
final class DependencyGraph {

    private final int transactions;
    private final List<List<Edge>> edges = new ArrayList<>();

    DependencyGraph(int transactions) {
        this.transactions = transactions;
        for (int i = 0; i < transactions; i++) {
            edges.add(new ArrayList<>());
        }
    }

    /** Adds a node that is no transaction. */
    int addMoment() {
        edges.add(new ArrayList<>());
        return edges.size() - 1;
    }

    void add(int from, int to, Kind kind) {
        if (from != to) {
            edges.get(from).add(new Edge(to, kind));
        }
    }

    /** A cycle that {@code isolation} forbids, or {@code null}. */
    @Nullable
    Anomaly findCycle(Isolation isolation) {
        return new CycleSearch(isolation == Isolation.SNAPSHOT).run();
    }

    /** Why one comes after another. */
    enum Kind {
        /** It wrote the next version. */
        WRITE_WRITE,
        /** It read the version. */
        WRITE_READ,
        /** It wrote the version after the one that the other read. */
        READ_WRITE,
        /** It began when the other had ended. */
        REAL_TIME
    }

    private record Edge(int to, Kind kind) {}

    /**
     * A depth-first search for a way back to a node that it is on. To allow cycles with two missed writes in a row it walks
     * over pairs of a node and whether it was come to by a missed write; from such a pair no missed write leads on.
     */
    private final class CycleSearch {

        private static final byte ON_PATH = 1;
        private static final byte DONE = 2;

        private final boolean twoMissedWritesAllowed;
        private final byte[] marks = new byte[2 * edges.size()];
        private final int[] nextEdge = new int[2 * edges.size()];
        private final Deque<Integer> path = new ArrayDeque<>();

        CycleSearch(boolean twoMissedWritesAllowed) {
            this.twoMissedWritesAllowed = twoMissedWritesAllowed;
        }

        @Nullable
        Anomaly run() {
            for (int place = 0; place < marks.length; place++) {
                if (marks[place] == 0) {
                    Anomaly found = searchFrom(place);
                    if (found != null) {
                        return found;
                    }
                }
            }
            return null;
        }

        private @Nullable Anomaly searchFrom(int start) {
            enter(start);
            while (!path.isEmpty()) {
                int place = path.element();
                int next = nextPlace(place);
                if (next < 0) {
                    marks[place] = DONE;
                    path.remove();
                } else if (marks[next] == ON_PATH) {
                    return cycleThrough(next);
                } else if (marks[next] == 0) {
                    enter(next);
                }
            }
            return null;
        }

        private void enter(int place) {
            marks[place] = ON_PATH;
            path.push(place);
        }

        private int nextPlace(int place) {
            List<Edge> out = edges.get(place / 2);
            while (nextEdge[place] < out.size()) {
                Edge edge = out.get(nextEdge[place]++);
                if (!twoMissedWritesAllowed || edge.kind() != Kind.READ_WRITE) {
                    return 2 * edge.to();
                }
                if (place % 2 == 0) {
                    return 2 * edge.to() + 1;
                }
            }
            return -1;
        }

        private Anomaly cycleThrough(int repeated) {
            List<Integer> cycle = new ArrayList<>();
            for (int place : path) {
                cycle.add(0, place / 2);
                if (place == repeated) {
                    break;
                }
            }
            return describe(cycle);
        }
    }

    private Anomaly describe(List<Integer> cycle) {
        List<Kind> kinds = new ArrayList<>();
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < cycle.size(); i++) {
            int from = cycle.get(i);
            Kind kind = kindBetween(from, cycle.get((i + 1) % cycle.size()));
            kinds.add(kind);
            text.append(from < transactions ? "T" + from : "moment")
                    .append(" -")
                    .append(kind)
                    .append("-> ");
        }
        return new Anomaly(nameOf(kinds), text + "and back");
    }

    private static String nameOf(List<Kind> cycle) {
        int missedWrites = Collections.frequency(cycle, Kind.READ_WRITE);
        if (missedWrites > 0) {
            return missedWrites == 1 ? "G-single" : "G2-item";
        }
        return cycle.contains(Kind.WRITE_READ) ? "G1c" : "G0";
    }

    private Kind kindBetween(int from, int to) {
        return edges.get(from).stream()
                .filter(edge -> edge.to() == to)
                .map(Edge::kind)
                .min(Comparator.comparing(kind -> kind == Kind.READ_WRITE))
                .orElseThrow();
    }
}
