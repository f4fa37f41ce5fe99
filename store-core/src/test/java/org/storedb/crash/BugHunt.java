package org.storedb.crash;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.storedb.Durability;
import org.storedb.Isolation;
import org.storedb.Store;
import org.storedb.Transaction;
import org.storedb.TransactionOptions;
import org.storedb.error.TransactionConflictException;
import org.storedb.storage.StorageDirectory;
import org.storedb.testing.IoFaults.Fault;

/** Runs a campaign until it finds something wrong, as it must if there is a bug. */
public final class BugHunt {

    private static final int CRASH_RUNS_MAX = 40;
    private static final int CRASH_STEPS = 25;
    private static final int REOPENING_RUNS_MAX = 400;

    private BugHunt() {}

    /**
     * Hunts in the engine that this class was loaded with.
     *
     * @return what was found, or {@code null}
     */
    public static @Nullable String hunt(String campaign) {
        return hunt(Campaign.valueOf(campaign), UnaryOperator.identity());
    }

    /** Hunts in an engine between which and the disk there is something. */
    static @Nullable String hunt(Campaign campaign, UnaryOperator<StorageDirectory> disk) {
        long seed = CampaignSize.firstSeed();
        return switch (campaign) {
            case CRASH -> firstCrash(seed, List.of(Durability.values()), disk);
            case CRASH_WITHOUT_SYNC -> firstCrash(seed, List.of(Durability.OS), disk);
            case FAULTS -> firstFault(seed, disk);
            case DAMAGE -> firstFailure(1, i -> new FileDamageTests().run(true, seed, 2));
            case DAMAGE_AFTER_KILL -> firstFailure(1, i -> new FileDamageTests().run(false, seed, 2));
            case REOPENING -> firstFailure(REOPENING_RUNS_MAX, i -> ReopeningTests.run(seed + i));
            case CLOCK -> firstFailure(10, i -> ClockJumpTests.run(seed + i));
            case CONFLICTS -> firstFailure(1, i -> requireConflicts());
        };
    }

    private static @Nullable String firstCrash(
            long seed, List<Durability> durabilities, UnaryOperator<StorageDirectory> disk) {
        return firstFailure(CRASH_RUNS_MAX, i -> {
            Durability durability = durabilities.get(i % durabilities.size());
            new CrashRun(seed + i, durability, 6, disk).run(CRASH_STEPS);
        });
    }

    private static @Nullable String firstFault(long seed, UnaryOperator<StorageDirectory> disk) {
        for (Fault fault : Fault.values()) {
            boolean[] fired = {true};
            for (int operation = 0; fired[0]; operation++) {
                long number = operation;
                String found = firstFailure(
                        1,
                        i -> fired[0] = new IoFaultRun(seed, Durability.ALWAYS, fault, number, false, disk)
                                .run(IoFaultSweepTests.SCRIPT));
                if (found != null) {
                    return fault + " at operation " + operation + ", " + found;
                }
            }
        }
        return null;
    }

    private static @Nullable String firstFailure(int runs, Run run) {
        for (int i = 0; i < runs; i++) {
            try {
                run.run(i);
            } catch (RuntimeException | Error e) {
                return "run " + (i + 1) + ": " + e;
            }
        }
        return null;
    }

    /** Of two transactions that write what both have read, or each what the other has read, one has to be refused. */
    private static void requireConflicts() {
        requireConflict(Isolation.SNAPSHOT, "one", "one");
        requireConflict(Isolation.SERIALIZABLE, "one", "two");
    }

    private static void requireConflict(Isolation isolation, String firstWrite, String secondWrite) {
        TransactionOptions options = TransactionOptions.defaults().withIsolation(isolation);
        try (Store store = Store.openInMemory();
                Transaction first = store.begin(options);
                Transaction second = store.begin(options)) {
            readBothAndWrite(first, firstWrite);
            readBothAndWrite(second, secondWrite);
            first.commit();
            try {
                second.commit();
            } catch (TransactionConflictException e) {
                return;
            }
            throw new AssertionError("Both of two transactions that exclude each other were committed, " + isolation);
        }
    }

    private static void readBothAndWrite(Transaction transaction, String key) {
        var keyspace = transaction.keyspace(Contents.KEYSPACE);
        byte[] one = keyspace.get("one".getBytes(UTF_8));
        byte[] two = keyspace.get("two".getBytes(UTF_8));
        keyspace.put(key.getBytes(UTF_8), (one == null && two == null ? "none" : "some").getBytes(UTF_8));
    }

    /** One run of a campaign, by number. */
    @FunctionalInterface
    private interface Run {
        void run(int number);
    }
}
