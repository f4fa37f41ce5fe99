package org.storedb.isolation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.storedb.Isolation;
import org.storedb.isolation.ListAppend.Append;
import org.storedb.isolation.ListAppend.Execution;
import org.storedb.isolation.ListAppend.Outcome;
import org.storedb.isolation.ListAppend.Read;

/** Histories by hand, one for each anomaly. */
class HistoryCheckerTests {

    private static final int X = 1;
    private static final int Y = 2;

    @Test
    void serialHistoryIsFine() {
        assertFine(
                Isolation.SERIALIZABLE,
                at(1, 2, new Append(X, 1)),
                at(3, 4, read(X, 1), new Append(X, 2), read(X, 1, 2)),
                at(5, 6, read(X, 1, 2)));
    }

    @Test
    void concurrentTransactionsMayComeInAnyOrder() {
        assertFine(
                Isolation.SERIALIZABLE,
                at(1, 10, new Append(X, 1)),
                at(2, 9, read(X), new Append(Y, 2)),
                at(11, 12, read(X, 1), read(Y, 2)));
    }

    @Test
    void ownWritesMustBeSeen() {
        assertAnomaly("internal", Isolation.SNAPSHOT, at(1, 2, new Append(X, 1), read(X)));
    }

    @Test
    void readsMustBeRepeatable() {
        assertAnomaly("internal", Isolation.SNAPSHOT, at(1, 4, read(X), read(X, 1)), at(2, 3, new Append(X, 1)));
    }

    @Test
    void abortedReadIsG1a() {
        assertAnomaly("G1a", Isolation.SNAPSHOT, aborted(1, 4, new Append(X, 1)), at(2, 3, read(X, 1)));
    }

    @Test
    void intermediateReadIsG1b() {
        assertAnomaly(
                "G1b",
                Isolation.SNAPSHOT,
                at(1, 4, new Append(X, 1), new Append(X, 2)),
                at(2, 3, read(X, 1)),
                at(5, 6, read(X, 1, 2)));
    }

    @Test
    void writesInDifferentOrdersAreG0() {
        assertAnomaly(
                "G0",
                Isolation.SNAPSHOT,
                at(1, 4, new Append(X, 1), new Append(Y, 11)),
                at(2, 5, new Append(X, 2), new Append(Y, 12)),
                at(6, 7, read(X, 1, 2), read(Y, 12, 11)));
    }

    @Test
    void circularInformationIsG1c() {
        assertAnomaly(
                "G1c",
                Isolation.SNAPSHOT,
                at(1, 4, new Append(X, 1), read(Y, 2)),
                at(2, 5, new Append(Y, 2), read(X, 1)));
    }

    @Test
    void readSkewIsGSingle() {
        assertAnomaly(
                "G-single",
                Isolation.SNAPSHOT,
                at(1, 4, read(X), read(Y, 2)),
                at(2, 3, new Append(X, 1), new Append(Y, 2)),
                at(5, 6, read(X, 1)));
    }

    @Test
    void lostUpdateIsGSingle() {
        assertAnomaly(
                "G-single",
                Isolation.SNAPSHOT,
                at(1, 4, read(X), new Append(X, 1)),
                at(2, 5, read(X), new Append(X, 2)),
                at(6, 7, read(X, 1, 2)));
    }

    @Test
    void staleReadIsGSingle() {
        assertAnomaly(
                "G-single", Isolation.SNAPSHOT, at(1, 2, new Append(X, 1)), at(3, 4, read(X)), at(5, 6, read(X, 1)));
    }

    @Test
    void writeSkewIsG2AndAllowedBySnapshotIsolation() {
        Execution[] writeSkew = {
            at(1, 4, read(Y), new Append(X, 1)), at(2, 5, read(X), new Append(Y, 2)), at(6, 7, read(X, 1), read(Y, 2))
        };
        assertAnomaly("G2-item", Isolation.SERIALIZABLE, writeSkew);
        assertFine(Isolation.SNAPSHOT, writeSkew);
    }

    @Test
    void twoMissedWritesThatDoNotFollowEachOtherAreForbidden() { // The "long fork" of parallel snapshot isolation.
        assertAnomaly(
                "G2-item",
                Isolation.SNAPSHOT,
                at(1, 10, new Append(X, 1)),
                at(2, 11, new Append(Y, 2)),
                at(3, 12, read(X, 1), read(Y)),
                at(4, 13, read(X), read(Y, 2)),
                at(14, 15, read(X, 1), read(Y, 2)));
    }

    private static void assertFine(Isolation isolation, Execution... history) {
        assertThat(HistoryChecker.check(List.of(history), isolation)).isNull();
    }

    private static void assertAnomaly(String name, Isolation isolation, Execution... history) {
        assertThat(Objects.requireNonNull(HistoryChecker.check(List.of(history), isolation))
                        .name())
                .isEqualTo(name);
    }

    private static Execution at(long begun, long ended, ListAppend... operations) {
        return new Execution(List.of(operations), Outcome.COMMITTED, begun, ended);
    }

    private static Execution aborted(long begun, long ended, ListAppend... operations) {
        return new Execution(List.of(operations), Outcome.ABORTED, begun, ended);
    }

    private static Read read(int key, Integer... elements) {
        return new Read(key, List.of(elements));
    }
}
