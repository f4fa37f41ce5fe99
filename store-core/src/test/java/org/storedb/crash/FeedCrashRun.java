package org.storedb.crash;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.storedb.ChangeRetention;
import org.storedb.CompactionPolicy;
import org.storedb.Durability;
import org.storedb.Snapshot;
import org.storedb.Store;
import org.storedb.StoreContext;
import org.storedb.StoreOptions;
import org.storedb.TestStores;
import org.storedb.Transaction;
import org.storedb.error.ChangesLostException;
import org.storedb.feed.ChangeLines;
import org.storedb.feed.ChangeReader;
import org.storedb.feed.ChangeRequest;
import org.storedb.feed.ChangeTransaction;
import org.storedb.storage.StorageDirectory;
import org.storedb.testing.CrashImages;
import org.storedb.testing.InterceptedDirectory;
import org.storedb.testing.IoInterceptor;
import org.storedb.testing.IoOperation;
import org.storedb.testing.SimulatedDirectory;
import org.storedb.testing.SteppedTasks;
import org.storedb.testing.TestEnvironments;

/**
 * A consumer with a name beside transactions, compactions and reopenings, with a crash after every operation on the disk:
 * whatever is left must have all that the consumer has got, and the consumer must go on from what it had confirmed, missing
 * nothing and repeating nothing.
 */
final class FeedCrashRun implements IoInterceptor {

    private static final String LAST = "last";
    private static final int IDS = 6;
    private static final int UNREAD_BEFORE_COMPACTION = 5;
    private static final ChangeRequest CONSUMER =
            ChangeRequest.all().named("consumer").recordedEvery(1, Duration.ZERO);

    private final Random random;
    private final int imagesMost;
    private final StoreOptions options;
    private final SimulatedDirectory directory = new SimulatedDirectory();
    private final StorageDirectory intercepted = new InterceptedDirectory(directory, this);
    private final Failures failures = new Failures();
    private final Map<String, Integer> revisions = new HashMap<>();

    /** What each transaction changed; the first has number 1. */
    private final List<List<String>> transactions = new ArrayList<>();

    private SteppedTasks tasks = new SteppedTasks();
    private @Nullable Store store;
    private @Nullable ChangeReader reader;
    private int handedOut;
    private int confirmed; // As far as it is recorded, and will be so after a kill,
    private int durablyConfirmed; // and after a power loss.
    private boolean known; // Whether the name is.
    private boolean mayBeLost;
    private long images;
    private long losses;

    FeedCrashRun(long seed, Durability durability, int imagesMost) {
        this.random = new Random(seed);
        this.imagesMost = imagesMost;
        this.options = StoreVariant.of(seed)
                .applyTo(StoreOptions.defaults()
                        .withSegmentBytes(64 << 10)
                        .withDurability(durability)
                        .withCompaction(CompactionPolicy.manual())
                        .withChangeRetention(ChangeRetention.none()));
    }

    long images() {
        return images;
    }

    /** How often a consumer was told that a compaction had removed what it wanted. */
    long losses() {
        return losses;
    }

    void run(int steps) {
        open();
        for (int i = 0; i < steps; i++) {
            int choice = random.nextInt(100);
            if (i == steps / 2) {
                compactUnread();
            } else if (choice < 55) {
                transact();
            } else if (choice < 85) {
                consume(1 + random.nextInt(4));
            } else if (choice < 89) {
                compactRead();
            } else if (choice < 92) {
                compactUnread();
            } else if (choice < 95) {
                store().sync();
                durablyConfirmed = confirmed;
            } else {
                close();
                open();
            }
            judge();
            failures.rethrow();
        }
        store().sync();
        consume(Integer.MAX_VALUE);
        require(handedOut == transactions.size() || mayBeLost, "the end was not delivered: " + handedOut);
        close();
        judge();
        failures.rethrow();
    }

    private void open() {
        tasks = new SteppedTasks();
        store = TestStores.open(intercepted, options, TestEnvironments.stepped(1, tasks));
        int last = lastIn(store);
        require(last == transactions.size(), "the store has " + last + " of " + transactions.size());
        if (reader == null) {
            reader = openReader();
        }
    }

    private @Nullable ChangeReader openReader() {
        try {
            ChangeReader opened = store().changes().read(known ? CONSUMER : CONSUMER.after(0));
            known = true;
            return opened;
        } catch (ChangesLostException e) {
            require(mayBeLost, "lost: " + e.getMessage());
            return null;
        }
    }

    private void close() {
        if (reader != null) {
            reader.close();
        }
        reader = null;
        store().close();
        durablyConfirmed = confirmed;
        handedOut = confirmed; // What was not confirmed comes again.
    }

    private void transact() {
        int number = transactions.size() + 1;
        Map<String, Integer> after = new HashMap<>(revisions);
        Set<String> touched = new TreeSet<>();
        try (Transaction transaction = store().begin()) {
            for (int i = random.nextInt(4); i > 0; i--) {
                String id = "d" + random.nextInt(IDS);
                touched.add(id);
                change(id, number, transaction, after);
            }
            transaction.keyspace("k").put(LAST.getBytes(UTF_8), text(number).getBytes(UTF_8));
            transactions.add(lines(number, touched, after));
            transaction.commit();
        }
        revisions.clear();
        revisions.putAll(after);
    }

    private void change(String id, int number, StoreContext context, Map<String, Integer> after) {
        Integer revision = after.get(id);
        if (revision == null) {
            context.collection("docs").insert(Map.of("id", id, "name", text(number)));
            after.put(id, 0);
        } else if (random.nextInt(3) == 0) {
            require(context.collection("docs").delete(id), "not there: " + id);
            after.remove(id);
        } else {
            var unused = context.collection("docs").replace(Map.of("id", id, "name", text(number)));
            after.put(id, revision + 1);
        }
    }

    private List<String> lines(int number, Set<String> touched, Map<String, Integer> after) {
        Set<String> lines = new TreeSet<>(Set.of("PUT k last " + text(number)));
        for (String id : touched) {
            boolean before = revisions.containsKey(id);
            Integer revision = after.get(id);
            if (revision != null) {
                lines.add((before ? "UPDATE" : "INSERT") + " docs " + id + " " + revision + " " + text(number));
            } else if (before) {
                lines.add("DELETE docs " + id);
            }
        }
        return List.copyOf(lines);
    }

    private static String text(int number) {
        return number + " " + "x".repeat(number * 37 % 700);
    }

    private void consume(int most) {
        try {
            if (reader == null) {
                startAnew();
            }
            for (int i = 0; i < most && reader != null; i++) {
                ChangeTransaction next = reader.poll();
                noteConfirmed();
                if (next == null) {
                    return;
                }
                requireTransaction(handedOut + 1, next);
                handedOut++;
            }
            if (reader != null && random.nextBoolean()) {
                reader.confirm();
                noteConfirmed();
            }
        } catch (ChangesLostException e) {
            require(mayBeLost && e.asked() < e.oldest(), "lost: " + e.getMessage());
            Objects.requireNonNull(reader).close();
            startAnew();
        }
    }

    private void noteConfirmed() {
        confirmed = handedOut;
        if (options.durability() == Durability.ALWAYS) {
            durablyConfirmed = confirmed;
        }
    }

    /** What a consumer does that hears that changes are lost. */
    private void startAnew() {
        losses++;
        Snapshot snapshot = store().changes().snapshot();
        store().changes().forget("consumer");
        reader = store().changes().read(CONSUMER.after(snapshot.sequence()));
        store().sync();
        handedOut = lastIn(snapshot);
        confirmed = handedOut;
        durablyConfirmed = handedOut;
        mayBeLost = false;
    }

    /** The consumer has got everything before. */
    private void compactRead() {
        store().sync();
        consume(Integer.MAX_VALUE);
        if (reader != null) {
            reader.confirm();
            noteConfirmed();
        }
        compact();
    }

    /** The consumer has not got everything before, and has lost it for certain if that is removed. */
    private void compactUnread() {
        mayBeLost = true;
        for (int i = 0; i < UNREAD_BEFORE_COMPACTION; i++) {
            transact();
        }
        compact();
    }

    private void compact() {
        var done = store().compact();
        tasks.runWaiting();
        require(done.isDone(), "the compaction did not end");
    }

    @Override
    public void after(IoOperation operation) {
        if (operation.kind().isChange()) {
            judge();
        }
    }

    private void judge() {
        failures.collect(() -> {
            new CrashImages(directory, random)
                    .forEach(imagesMost, image -> judge(new SimulatedDirectory(image), durablyConfirmed));
            judge(directory.afterKill(), confirmed);
        });
    }

    /** Opens what is left, and reads on under the name. */
    private void judge(SimulatedDirectory left, int confirmedLeast) {
        images++;
        try (Store opened = TestStores.open(left, options, TestEnvironments.stepped(2, new SteppedTasks()))) {
            int last = lastIn(opened);
            require(last >= handedOut, "the consumer has got " + handedOut + ", the store has " + last);
            if (!opened.changes().positions().containsKey("consumer")) {
                require(!known || mayBeLost, "the name is gone");
                return;
            }
            try (ChangeReader resumed = opened.changes().read(CONSUMER)) {
                requireRest(resumed, confirmedLeast, last);
            } catch (ChangesLostException e) {
                require(mayBeLost && e.asked() < e.oldest(), "lost: " + e.getMessage());
                requireTail(opened, last);
            }
        }
    }

    private void requireRest(ChangeReader resumed, int confirmedLeast, int last) {
        int expected = 0;
        for (ChangeTransaction next = resumed.poll(); next != null; next = resumed.poll()) {
            int number = numberOf(next);
            if (expected == 0) {
                boolean begins = number > confirmedLeast && (number <= handedOut + 1 || mayBeLost);
                require(begins, "confirmed " + confirmedLeast + ", got " + handedOut + ", resumed at " + number);
                expected = number;
            }
            requireTransaction(expected, next);
            expected++;
        }
        require(expected == last + 1 || (expected == 0 && handedOut >= last) || mayBeLost, "missed after " + expected);
    }

    /** Behind the oldest position all is there. */
    private void requireTail(Store opened, int last) {
        ChangeRequest tail = ChangeRequest.all().after(opened.changes().oldestPosition());
        int expected = 0;
        try (ChangeReader rest = opened.changes().read(tail)) {
            for (ChangeTransaction next = rest.poll(); next != null; next = rest.poll()) {
                expected = expected == 0 ? numberOf(next) : expected;
                requireTransaction(expected, next);
                expected++;
            }
        }
        require(expected == 0 || expected == last + 1, "the tail ends at " + expected + " of " + last);
    }

    private void requireTransaction(int number, ChangeTransaction delivered) {
        List<String> lines = new ArrayList<>(new TreeSet<>(ChangeLines.of(delivered)));
        require(
                lines.equals(transactions.get(number - 1)),
                "transaction " + number + " is " + lines + ", not " + transactions.get(number - 1));
    }

    private static int numberOf(ChangeTransaction transaction) {
        return ChangeLines.of(transaction).stream()
                .filter(line -> line.startsWith("PUT k last "))
                .map(line -> Integer.parseInt(line.split(" ", -1)[3]))
                .findFirst()
                .orElseThrow();
    }

    private static int lastIn(StoreContext context) {
        byte[] last = context.keyspace("k").get(LAST.getBytes(UTF_8));
        return last == null ? 0 : Integer.parseInt(new String(last, UTF_8).split(" ", -1)[0]);
    }

    private Store store() {
        return Objects.requireNonNull(store);
    }

    private static void require(boolean condition, String message) {
        if (!condition) {
            throw new AssertionError(message);
        }
    }
}
