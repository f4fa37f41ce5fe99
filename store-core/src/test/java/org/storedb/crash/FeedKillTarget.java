package org.storedb.crash;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.RandomAccessFile;
import java.nio.file.Path;
import java.time.Duration;
import org.storedb.Keyspace;
import org.storedb.Store;
import org.storedb.StoreOptions;
import org.storedb.feed.ChangeReader;
import org.storedb.feed.ChangeRequest;
import org.storedb.feed.ChangeTransaction;
import org.storedb.feed.ValueChange;

/**
 * The process that {@link FeedKillTests} kills: one thread writes numbers, two consume them, and note in a file what they
 * have got and what they have confirmed, each in places of its own.
 */
final class FeedKillTarget {

    static final int CONSUMERS = 2;

    private FeedKillTarget() {}

    /** Runs until it is killed. Arguments: the directory of the store, the file for notes. */
    public static void main(String[] arguments) {
        Store store = Store.open(Path.of(arguments[0]), options());
        for (int i = 0; i < CONSUMERS; i++) {
            int consumer = i;
            ChangeReader reader = store.changes().read(request(i));
            start(() -> consume(reader, consumer, arguments[1]));
        }
        start(() -> write(store.keyspace("numbers")));
    }

    static StoreOptions options() {
        return StoreOptions.defaults().withSegmentBytes(64 << 10);
    }

    /** The first records each position, the second seldomly. */
    static ChangeRequest request(int consumer) {
        ChangeRequest request = ChangeRequest.ofKeyspaces("numbers").after(0).named("consumer" + consumer);
        return consumer == 0 ? request.recordedEvery(1, Duration.ZERO) : request;
    }

    static long number(ChangeTransaction transaction) {
        return number(((ValueChange) transaction.changes().get(0)).value());
    }

    static long lastNumber(Keyspace numbers) {
        byte[] last = numbers.get("last".getBytes(UTF_8));
        return last == null ? 0 : number(last);
    }

    private static long number(byte[] value) {
        return Long.parseLong(new String(value, UTF_8).trim());
    }

    private static void write(Keyspace numbers) {
        for (long number = lastNumber(numbers) + 1; ; number++) {
            String text = number + " ".repeat((int) (number * 31 % 997));
            numbers.put("last".getBytes(UTF_8), text.getBytes(UTF_8));
        }
    }

    private static void consume(ChangeReader reader, int consumer, String notes) throws Exception {
        try (RandomAccessFile file = new RandomAccessFile(notes, "rw")) {
            long got = 0;
            while (true) {
                ChangeTransaction next = reader.next(Duration.ofSeconds(1)); // Confirms the one before.
                if (got > 0) {
                    note(file, 2 * consumer, got);
                }
                if (next != null) {
                    got = number(next);
                    note(file, 2 * consumer + 1, got);
                }
            }
        }
    }

    private static void note(RandomAccessFile file, int place, long number) throws Exception {
        file.seek((long) place * Long.BYTES);
        file.writeLong(number);
    }

    private static void start(Work work) {
        Thread thread = new Thread(() -> {
            try {
                work.run();
            } catch (Throwable e) {
                e.printStackTrace();
                Runtime.getRuntime().halt(1);
            }
        });
        thread.start();
    }

    /** Work of a thread. */
    private interface Work {
        void run() throws Exception;
    }
}
