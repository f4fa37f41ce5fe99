package org.storedb.linearizability;

import static org.jetbrains.lincheck.datastructures.ManagedStrategyGuaranteeKt.forClasses;

import java.util.List;
import org.jetbrains.lincheck.datastructures.ModelCheckingOptions;
import org.jetbrains.lincheck.datastructures.StressOptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.storedb.crash.CampaignSize;

/** Runs in a JVM of its own: Lincheck instruments the classes that it checks. */
@Tag("lincheck")
class LinearizabilityTests {

    /** They read arrays through handles that the scheduler does not know, and share nothing that changes. */
    private static final String[] NOT_SCHEDULED = {
        "org.storedb.internal.bytes.ByteReader",
        "org.storedb.internal.bytes.ByteWriter",
        "org.storedb.internal.document.BigEndian"
    };

    /** A search looks at up to 32 heads of a node one after the other; more often is taken for a loop without end. */
    private static final int LOOP_ITERATIONS_MAX = 1_000;

    static List<Class<?>> operations() {
        return List.of(
                KeyspaceOperations.class,
                TransactionOperations.class,
                SavepointOperations.class,
                DocumentOperations.class,
                CompactionOperations.class,
                TreeOperations.class);
    }

    @ParameterizedTest
    @MethodSource("operations")
    void operationsAreLinearizableUnderStress(Class<?> operations) {
        new StressOptions()
                .iterations(CampaignSize.of(10))
                .invocationsPerIteration(300)
                .threads(3)
                .actorsPerThread(3)
                .actorsBefore(2)
                .actorsAfter(1)
                .check(operations);
    }

    /** Transactions and documents do so much at each step that the scheduler comes through too few interleavings. */
    @ParameterizedTest
    @ValueSource(classes = {KeyspaceOperations.class, TreeOperations.class})
    void operationsAreLinearizableInEveryInterleavingTried(Class<?> operations) {
        new ModelCheckingOptions()
                .iterations(CampaignSize.of(3))
                .invocationsPerIteration(100)
                .threads(2)
                .actorsPerThread(2)
                .actorsBefore(1)
                .actorsAfter(1)
                .loopBound(LOOP_ITERATIONS_MAX)
                .addGuarantee(forClasses(NOT_SCHEDULED).allMethods().ignore())
                .check(operations);
    }
}
