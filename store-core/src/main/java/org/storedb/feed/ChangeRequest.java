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
 * Which changes to deliver, and from where on. Immutable; each {@code with} method returns a changed copy.
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

    /** All collections and keyspaces, those included that are created later. */
    public static ChangeRequest all() {
        return new ChangeRequest(new Settings());
    }

    /** Some collections, which need not exist yet. */
    public static ChangeRequest ofCollections(String... names) {
        return all().with(changed -> changed.collections = namesOf(names));
    }

    /** Some keyspaces, which need not exist yet. */
    public static ChangeRequest ofKeyspaces(String... names) {
        return all().with(changed -> changed.keyspaces = namesOf(names));
    }

    /** These keyspaces, too. */
    public ChangeRequest andKeyspaces(String... names) {
        return with(changed -> changed.keyspaces = namesOf(names));
    }

    /**
     * Inserts and updates only if the document after them matches. Deletes and expiries leave no document and are delivered all; so are
     * changes of keyspaces. An update after which a document no longer matches is not delivered.
     */
    public ChangeRequest where(Filter filter) {
        return with(changed -> changed.filter = filter);
    }

    /**
     * From behind a position on: the sequence of a transaction, or of a snapshot; 0 for everything. Without it, changes
     * come from now on. Under a {@linkplain #named name} it counts only as long as no position is recorded.
     */
    public ChangeRequest after(long position) {
        if (position < 0) {
            throw new IllegalArgumentException("A position is 0 or above, not " + position);
        }
        return with(changed -> changed.after = position);
    }

    /**
     * Under a name: the store records what has been confirmed, and whoever opens a reader or a subscription of this name
     * goes on from there, also after a crash. Only one of each name is open at a time.
     *
     * @param name what may be the name of a collection, too
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
     * How often what has been confirmed is recorded: after so many transactions, or after a time if there is something to
     * record; and at the end. By default every 100 transactions or every second. After a kill or a crash that many come
     * again. With 1 each is recorded before the next is delivered, at the price of a commit for each.
     */
    public ChangeRequest recordedEvery(int transactions, Duration time) {
        if (transactions < 1 || time.isNegative()) {
            throw new IllegalArgumentException("Positions are recorded every 1 or more transactions and after 0 or more"
                    + " time, not every " + transactions + " or after " + time);
        }
        return with(changed -> {
            changed.recordTransactions = transactions;
            changed.recordTime = time;
        });
    }

    /** When a commit is delivered; {@link Delivery#DURABLE} unless set. */
    public ChangeRequest withDelivery(Delivery delivery) {
        return with(changed -> changed.delivery = delivery);
    }

    /**
     * With what was there before each change. Commits note that only while a consumer is open that asks for it, or one with
     * a name is known that does, and get some 12 bytes longer for each change; of others it is not known.
     */
    public ChangeRequest withBefore() {
        return with(changed -> changed.before = true);
    }

    /** What happens when a listener throws; a reader does not look at it. */
    public ChangeRequest withRetries(RetryPolicy retries) {
        return with(changed -> changed.retries = retries);
    }

    /** The collections, or {@code null} for all if {@link #keyspaces()} are, else for none. */
    public @Nullable Set<String> collections() {
        return settings.collections;
    }

    /** The keyspaces, or {@code null} for all if {@link #collections()} are, else for none. */
    public @Nullable Set<String> keyspaces() {
        return settings.keyspaces;
    }

    public @Nullable Filter filter() {
        return settings.filter;
    }

    /** The position to begin behind, or {@code null} for now. */
    public @Nullable Long after() {
        return settings.after;
    }

    public @Nullable String name() {
        return settings.name;
    }

    /** After how many transactions the position is recorded. */
    public int recordTransactions() {
        return settings.recordTransactions;
    }

    /** After which time the position is recorded. */
    public Duration recordTime() {
        return settings.recordTime;
    }

    public Delivery delivery() {
        return settings.delivery;
    }

    /** Whether what was there before is asked for. */
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

    /** The values, which change only while a copy is made. */
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
