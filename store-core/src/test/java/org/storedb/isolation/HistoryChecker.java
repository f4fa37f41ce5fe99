package org.storedb.isolation;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.storedb.Isolation;
import org.storedb.isolation.DependencyGraph.Kind;
import org.storedb.isolation.ListAppend.Anomaly;
import org.storedb.isolation.ListAppend.Append;
import org.storedb.isolation.ListAppend.Execution;
import org.storedb.isolation.ListAppend.Read;

/**
 * Judges a history of transactions that append to lists and read them, after Kingsbury and Alvaro, "Elle: Inferring
 * Isolation Anomalies from Experimental Observations" (VLDB 2020). A list shows in which order its elements were
 * appended, so reads give away the order of versions, and with it what each transaction depends on. What depends on
 * itself was not isolated.
 *
 * <p>Real time counts as well: what begins after another has ended comes after it.
 */
final class HistoryChecker {

    private final List<Execution> history;
    private final Map<Integer, Integer> writerOf = new HashMap<>();
    private final Map<Integer, List<Integer>> versions = new HashMap<>();
    private final DependencyGraph graph;

    private HistoryChecker(List<Execution> history) {
        this.history = history;
        this.graph = new DependencyGraph(history.size());
    }

    /** The first anomaly that {@code isolation} forbids, or {@code null} if the history is fine. */
    static @Nullable Anomaly check(List<Execution> history, Isolation isolation) {
        return new HistoryChecker(history).check(isolation);
    }

    private @Nullable Anomaly check(Isolation isolation) {
        noteWriters();
        Anomaly found = checkReads();
        if (found == null) {
            found = orderVersions();
        }
        if (found != null) {
            return found;
        }
        addDependencies();
        addRealTime();
        return graph.findCycle(isolation);
    }

    private void noteWriters() {
        for (int i = 0; i < history.size(); i++) {
            for (ListAppend operation : history.get(i).operations()) {
                if (operation instanceof Append append && writerOf.put(append.element(), i) != null) {
                    throw new IllegalArgumentException("Element " + append.element() + " was appended twice");
                }
            }
        }
    }

    /** What can be seen without an order: reads that disagree with their own transaction, or see what none may see. */
    private @Nullable Anomaly checkReads() {
        for (int i = 0; i < history.size(); i++) {
            Execution execution = history.get(i);
            Map<Integer, List<Integer>> expected = new HashMap<>();
            Map<Integer, List<Integer>> own = new HashMap<>();
            for (ListAppend operation : execution.operations()) {
                if (operation instanceof Append append) {
                    own.computeIfAbsent(append.key(), key -> new ArrayList<>()).add(append.element());
                    expected.computeIfPresent(append.key(), (key, elements) -> {
                        List<Integer> longer = new ArrayList<>(elements);
                        longer.add(append.element());
                        return longer;
                    });
                } else if (operation instanceof Read read) {
                    Anomaly found =
                            checkRead(i, read, expected.get(read.key()), own.getOrDefault(read.key(), List.of()));
                    if (found != null) {
                        return found;
                    }
                    expected.put(read.key(), read.elements());
                }
            }
        }
        return null;
    }

    private @Nullable Anomaly checkRead(int reader, Read read, @Nullable List<Integer> expected, List<Integer> own) {
        List<Integer> elements = read.elements();
        boolean endsWithOwn = elements.size() >= own.size()
                && elements.subList(elements.size() - own.size(), elements.size())
                        .equals(own);
        if (!endsWithOwn || (expected != null && !expected.equals(elements))) {
            return new Anomaly(
                    "internal",
                    "Transaction " + reader + " read " + read + " and expected " + expected + " with its own " + own);
        }
        for (int element : elements) {
            Integer writer = writerOf.get(element);
            if (writer == null) {
                return new Anomaly("G1a", "Transaction " + reader + " read " + element + ", which nobody wrote");
            }
            if (writer != reader && !history.get(writer).isCommitted()) {
                return new Anomaly("G1a", "Transaction " + reader + " read " + element + " of the aborted " + writer);
            }
        }
        if (elements.size() > own.size()) {
            int last = elements.get(elements.size() - own.size() - 1);
            if (last != lastAppendOf(writerOf(last), read.key())) {
                return new Anomaly(
                        "G1b", "Transaction " + reader + " read " + last + " and nothing later of " + writerOf(last));
            }
        }
        return null;
    }

    private int lastAppendOf(int writer, int key) {
        int last = 0;
        for (ListAppend operation : history.get(writer).operations()) {
            if (operation instanceof Append append && append.key() == key) {
                last = append.element();
            }
        }
        return last;
    }

    private int writerOf(int element) {
        return java.util.Objects.requireNonNull(writerOf.get(element));
    }

    /** The longest committed read of a key is the order of its versions; every other read must be a beginning of it. */
    private @Nullable Anomaly orderVersions() {
        for (Execution execution : history) {
            if (execution.isCommitted()) {
                for (ListAppend operation : execution.operations()) {
                    if (operation instanceof Read read) {
                        versions.merge(read.key(), read.elements(), (old, now) -> now.size() > old.size() ? now : old);
                    }
                }
            }
        }
        for (int i = 0; i < history.size(); i++) {
            for (ListAppend operation : history.get(i).operations()) {
                if (operation instanceof Read read && history.get(i).isCommitted()) {
                    List<Integer> order = versions(read.key());
                    if (!order.subList(0, read.elements().size()).equals(read.elements())) {
                        return new Anomaly("G0", "Transaction " + i + " read " + read + ", another one " + order);
                    }
                }
            }
        }
        return null;
    }

    private List<Integer> versions(int key) {
        return versions.getOrDefault(key, List.of());
    }

    private void addDependencies() {
        versions.values().forEach(order -> {
            for (int i = 1; i < order.size(); i++) {
                graph.add(writerOf(order.get(i - 1)), writerOf(order.get(i)), Kind.WRITE_WRITE);
            }
        });
        for (int i = 0; i < history.size(); i++) {
            if (history.get(i).isCommitted()) {
                for (ListAppend operation : history.get(i).operations()) {
                    if (operation instanceof Read read) {
                        addDependenciesOf(i, read);
                    }
                }
            }
        }
    }

    private void addDependenciesOf(int reader, Read read) {
        List<Integer> order = versions(read.key());
        int seen = read.elements().size();
        if (seen > 0) {
            graph.add(writerOf(order.get(seen - 1)), reader, Kind.WRITE_READ);
        }
        if (seen < order.size()) {
            graph.add(reader, writerOf(order.get(seen)), Kind.READ_WRITE);
        }
    }

    /**
     * A node for each moment at which a transaction ended stands for all that ended until then, so that there are as many
     * edges as transactions, not as many as pairs.
     */
    private void addRealTime() {
        List<Integer> byEnd =
                committed(Comparator.comparingLong(i -> history.get(i).ended()));
        List<Integer> byBegin =
                committed(Comparator.comparingLong(i -> history.get(i).begun()));
        int ended = 0;
        int moment = -1;
        for (int begun : byBegin) {
            while (ended < byEnd.size()
                    && history.get(byEnd.get(ended)).ended()
                            < history.get(begun).begun()) {
                int next = graph.addMoment();
                graph.add(byEnd.get(ended), next, Kind.REAL_TIME);
                if (moment >= 0) {
                    graph.add(moment, next, Kind.REAL_TIME);
                }
                moment = next;
                ended++;
            }
            if (moment >= 0) {
                graph.add(moment, begun, Kind.REAL_TIME);
            }
        }
    }

    private List<Integer> committed(Comparator<Integer> order) {
        List<Integer> committed = new ArrayList<>();
        for (int i = 0; i < history.size(); i++) {
            if (history.get(i).isCommitted()) {
                committed.add(i);
            }
        }
        committed.sort(order);
        return committed;
    }
}
