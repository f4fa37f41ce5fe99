package org.storedb.feed;

import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.storedb.error.InvalidNameException;
import org.storedb.query.Filter;

/**
 * Which changes to deliver, and from which position. Immutable; each {@code with} method returns a changed copy.
 *
 * <pre>{@code
 * ChangeRequest.ofCollections("orders").where(Filter.eq("state", "paid")).named("invoices")
 * }</pre>
 */
public final class ChangeRequest {

    private static final Pattern NAME = Pattern.compile("[a-zA-Z0-9][a-zA-Z0-9_.-]{0,127}");

    private final Settings settings;

    private ChangeRequest(Settings settings) {
        this.settings = settings;
    }

    /** Returns a request for all collections and keyspaces, including those created later. */
    public static ChangeRequest all() {
        return new ChangeRequest(new Settings());
    }

    /** Returns a request for some collections, which need not exist yet. */
    public static ChangeRequest ofCollections(String... names) {
        return all().with(changed -> changed.collections = namesOf(names));
    }

    /** Returns a request for some keyspaces, which need not exist yet. */
    public static ChangeRequest ofKeyspaces(String... names) {
        return all().with(changed -> changed.keyspaces = namesOf(names));
    }

    /** Adds these keyspaces; a request for {@linkplain #all() everything} already has them. */
    public ChangeRequest andKeyspaces(String... names) {
        if (settings.collections == null && settings.keyspaces == null) {
            return this;
        }
        Set<String> more = new LinkedHashSet<>(Arrays.asList(names));
        if (settings.keyspaces != null) {
            more.addAll(settings.keyspaces);
        }
        return with(changed -> changed.keyspaces = Set.copyOf(more));
    }

    /**
     * Restricts inserts and updates to those after which the document matches. Deletes and expiries leave no document
     * and are all delivered, as are changes of keyspaces. An update after which a document no longer matches is not
     * delivered.
     */
    public ChangeRequest where(Filter filter) {
        return with(changed -> changed.filter = filter);
    }

    /**
     * Starts after a position: the sequence of a transaction or of a snapshot; 0 for everything. Without it, delivery
     * starts with the changes from now on. With a {@linkplain #named name}, it applies only as long as no position is
     * recorded.
     */
    public ChangeRequest after(long position) {
        if (position < 0) {
            throw new IllegalArgumentException("A position must be 0 or more, not " + position);
        }
        return with(changed -> changed.after = position);
    }

    /**
     * Names the consumer: the store records what has been confirmed, and a reader or subscription opened with this name
     * continues from there, even after a crash. Only one of each name can be open at a time.
     *
     * @param name a name that is also allowed for a collection
     * @throws InvalidNameException if it is not allowed
     */
    public ChangeRequest named(String name) {
        if (!NAME.matcher(name).matches()) {
            throw new InvalidNameException("'" + name + "' cannot be the name of a consumer of changes: use 1 to 128"
                    + " characters of a-z, A-Z, 0-9, '_', '-' and '.', beginning with a letter or digit");
        }
        return with(changed -> changed.name = name);
    }

    /**
     * Sets how often the confirmed position is recorded: after this many transactions, or after this time if there is
     * something to record; and on closing. By default every 100 transactions or every second. After a kill or a crash,
     * up to that many are delivered again. With 1, each is recorded before the next is delivered, at the cost of a
     * commit for each.
     */
    public ChangeRequest recordedEvery(int transactions, Duration time) {
        if (transactions < 1 || time.isNegative()) {
            throw new IllegalArgumentException(
                    "transactions must be at least 1 and time 0 or more, not " + transactions + " and " + time);
        }
        return with(changed -> {
            changed.recordTransactions = transactions;
            changed.recordTime = time;
        });
    }

    /** Sets when a commit is delivered; {@link Delivery#DURABLE} unless set. */
    public ChangeRequest withDelivery(Delivery delivery) {
        return with(changed -> changed.delivery = delivery);
    }

    /**
     * Includes the state before each change. Commits record it only while a consumer that asks for it is open, or a
     * named one is known, and grow by some 12 bytes for each change; for other commits it is unknown.
     */
    public ChangeRequest withBefore() {
        return with(changed -> changed.before = true);
    }

    /** Sets what happens when a listener throws; ignored for readers. */
    public ChangeRequest withRetries(RetryPolicy retries) {
        return with(changed -> changed.retries = retries);
    }

    /** Returns the collections, or {@code null} for all if {@link #keyspaces()} are, otherwise for none. */
    public @Nullable Set<String> collections() {
        return settings.collections;
    }

    /** Returns the keyspaces, or {@code null} for all if {@link #collections()} are, otherwise for none. */
    public @Nullable Set<String> keyspaces() {
        return settings.keyspaces;
    }

    public @Nullable Filter filter() {
        return settings.filter;
    }

    /** Returns the position to start after, or {@code null} for now. */
    public @Nullable Long after() {
        return settings.after;
    }

    public @Nullable String name() {
        return settings.name;
    }

    /** Returns after how many transactions the position is recorded. */
    public int recordTransactions() {
        return settings.recordTransactions;
    }

    /** Returns after which time the position is recorded. */
    public Duration recordTime() {
        return settings.recordTime;
    }

    public Delivery delivery() {
        return settings.delivery;
    }

    /** Returns whether the state before each change is requested. */
    public boolean before() {
        return settings.before;
    }

    public RetryPolicy retries() {
        return settings.retries;
    }

    private ChangeRequest with(Consumer<Settings> change) {
        Settings changed = new Settings(settings);
        change.accept(changed);
        return new ChangeRequest(changed);
    }

    private static Set<String> namesOf(String... names) {
        return Set.copyOf(new LinkedHashSet<>(Arrays.asList(names)));
    }

    /** The values, which change only while a copy is being made. */
    private static final class Settings {

        private @Nullable Set<String> collections;
        private @Nullable Set<String> keyspaces;
        private @Nullable Filter filter;
        private @Nullable Long after;
        private @Nullable String name;
        private int recordTransactions = 100;
        private Duration recordTime = Duration.ofSeconds(1);
        private Delivery delivery = Delivery.DURABLE;
        private boolean before;
        private RetryPolicy retries = RetryPolicy.defaults();

        Settings() {}

        Settings(Settings other) {
            collections = other.collections;
            keyspaces = other.keyspaces;
            filter = other.filter;
            after = other.after;
            name = other.name;
            recordTransactions = other.recordTransactions;
            recordTime = other.recordTime;
            delivery = other.delivery;
            before = other.before;
            retries = other.retries;
        }
    }
}
