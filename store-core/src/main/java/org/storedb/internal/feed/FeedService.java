package org.storedb.internal.feed;

import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.storedb.error.ChangesLostException;
import org.storedb.error.ReadOnlyException;
import org.storedb.error.StoreClosedException;
import org.storedb.error.StoreException;
import org.storedb.feed.ChangeListener;
import org.storedb.feed.ChangeReader;
import org.storedb.feed.ChangeRequest;
import org.storedb.feed.ChangeSubscription;
import org.storedb.feed.Delivery;
import org.storedb.internal.document.MapDocumentCodec;
import org.storedb.internal.query.QueryValidator;
import org.storedb.query.Query;

/**
 * The consumers of one store's changes. Safe for use by many threads; {@code this} guards which consumers are open, and
 * under which names.
 */
public final class FeedService {

    private static final Duration TICK = Duration.ofMillis(50);

    private final FeedSource source;
    private final RecordedPositions positions;
    private final CommitSignal signal = new CommitSignal();
    private final List<FeedConsumer> consumers = new CopyOnWriteArrayList<>();
    private final Map<String, FeedConsumer> byName = new TreeMap<>();
    private final Set<FeedConsumer> askingForBefore = new HashSet<>();
    private final Consumer<Boolean> noting;
    private boolean ticking;
    private boolean closed;

    /**
     * Creates the feed of one store.
     *
     * @param noting is told whether commits have to note the locations of the records that they replace
     */
    public FeedService(FeedSource source, Consumer<Boolean> noting) {
        this.source = source;
        this.positions = new RecordedPositions(source);
        this.noting = noting;
        noteWhatIsAskedFor();
    }

    /** Called when commits were published, or made durable. Quick, and never fails. */
    public void news() {
        signal.signal();
        for (FeedConsumer consumer : consumers) {
            consumer.news();
        }
    }

    /** Opens a reader. */
    public synchronized ChangeReader read(ChangeRequest request) {
        ConfirmedPosition position = begin(request);
        FeedCursor cursor = new FeedCursor(source, request, position.confirmed());
        FeedReader reader = new FeedReader(source, signal, cursor, position, this::closed);
        opened(request, reader);
        return reader;
    }

    /** Begins to deliver to a listener. */
    public synchronized ChangeSubscription subscribe(ChangeRequest request, ChangeListener listener) {
        ConfirmedPosition position = begin(request);
        FeedCursor cursor = new FeedCursor(source, request, position.confirmed());
        FeedPump pump = new FeedPump(source, cursor, position, request.retries(), listener, this::closed);
        opened(request, pump);
        pump.news();
        return pump;
    }

    /** Returns the oldest position after which all changes are available. */
    public long oldestPosition() {
        return source.log().commitsRemovedTo();
    }

    /** Makes everything durable that was committed so far. */
    public void makeDurable() {
        source.makeDurable();
    }

    /** Returns the recorded positions, by name. */
    public Map<String, Long> positions() {
        Map<String, Long> byConsumer = new TreeMap<>();
        positions.all().forEach((name, position) -> byConsumer.put(name, position.sequence()));
        return byConsumer;
    }

    /** Forgets the position that is recorded under a name. */
    public synchronized boolean forget(String name) {
        requireFree(name);
        boolean known = positions.find(name) != null;
        if (known) {
            positions.remove(name);
            noteWhatIsAskedFor();
        }
        return known;
    }

    /** Ends all consumers, and waits until they have recorded their positions. */
    public void close() {
        List<FeedConsumer> open;
        synchronized (this) {
            closed = true;
            open = List.copyOf(consumers);
        }
        each(open, FeedConsumer::end);
    }

    /** Applies an action to all consumers; the failure of one must not affect those after it. */
    private static void each(List<FeedConsumer> consumers, Consumer<FeedConsumer> action) {
        for (FeedConsumer consumer : consumers) {
            try {
                action.accept(consumer);
            } catch (RuntimeException | Error e) {
                System.getLogger(FeedService.class.getName())
                        .log(System.Logger.Level.ERROR, "A consumer of changes has failed", e);
            }
        }
    }

    private ConfirmedPosition begin(ChangeRequest request) {
        if (closed) {
            throw new StoreClosedException("The store is closed; open it again");
        }
        if (!source.writable()) {
            requireReadable(request);
        }
        if (request.filter() != null) {
            new QueryValidator("changes", new MapDocumentCodec()).validate(Query.where(request.filter()));
        }
        if (request.name() != null) {
            requireFree(request.name());
        }
        return new ConfirmedPosition(source, positions, request, start(request));
    }

    private static void requireReadable(ChangeRequest request) {
        if (request.name() != null) {
            throw new ReadOnlyException(
                    "The store is open for reading only, so no position can be recorded under the name '"
                            + request.name() + "'; keep the position elsewhere, and start with ChangeRequest.after");
        }
        if (request.delivery() == Delivery.DURABLE) {
            throw new ReadOnlyException("A store that is open for reading only does not know what the writer has made"
                    + " durable; request changes with Delivery.COMMITTED");
        }
    }

    private void requireFree(String name) {
        if (byName.containsKey(name)) {
            throw new IllegalStateException("Changes are already being delivered under the name '" + name
                    + "'; close that reader or subscription first, or use another name");
        }
    }

    /**
     * Returns where to begin; this is made durable under a new name, so that a crash does not make the next consumer
     * begin later.
     */
    private long start(ChangeRequest request) {
        RecordedPositions.Position known = request.name() == null ? null : positions.find(request.name());
        if (known != null && !known.storeId().equals(source.log().storeId())) {
            throw new ChangesLostException(
                    known.sequence(),
                    oldestPosition(),
                    source.newest(),
                    "The position of '" + request.name() + "' belongs to store " + known.storeId()
                            + ", from which this one was salvaged; forget it, and start over with changes().snapshot()");
        }
        long start = known == null ? firstStart(request) : known.sequence();
        long newest = source.newest();
        if (start > newest || start < oldestPosition()) {
            throw new ChangesLostException(start, oldestPosition(), newest);
        }
        if (request.name() != null && (known == null || known.before() != request.before())) {
            positions.record(request.name(), start, request.before());
            source.makeDurable();
        }
        return start;
    }

    /**
     * Returns where to begin without a recorded position. It is durable: one that a crash takes back would refer to
     * other commits later.
     */
    private long firstStart(ChangeRequest request) {
        Long after = request.after();
        long start = after == null ? source.newest() : after;
        if (request.delivery() == Delivery.DURABLE && after == null) {
            source.makeDurable();
        }
        return start;
    }

    private void opened(ChangeRequest request, FeedConsumer consumer) {
        consumers.add(consumer);
        if (request.name() != null) {
            byName.put(request.name(), consumer);
        }
        if (request.before()) {
            askingForBefore.add(consumer);
        }
        noteWhatIsAskedFor();
        if (!ticking) {
            ticking = true;
            source.environment().tasks().repeat(TICK, () -> each(consumers, FeedConsumer::tick));
        }
    }

    private synchronized void closed(FeedConsumer consumer) {
        consumers.remove(consumer);
        byName.values().remove(consumer);
        askingForBefore.remove(consumer);
        noteWhatIsAskedFor();
    }

    private synchronized void noteWhatIsAskedFor() {
        if (closed) {
            return;
        }
        try {
            noting.accept(!askingForBefore.isEmpty()
                    || positions.all().values().stream().anyMatch(RecordedPositions.Position::before));
        } catch (StoreException e) { // Consumers that need that position get the error.
            System.getLogger(FeedService.class.getName())
                    .log(System.Logger.Level.WARNING, "A position cannot be read", e);
        }
    }
}
