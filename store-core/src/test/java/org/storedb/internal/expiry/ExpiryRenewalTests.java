package org.storedb.internal.expiry;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.storedb.error.StoreFullException;
import org.storedb.internal.codec.ValueCompression;
import org.storedb.internal.io.MemoryDirectory;
import org.storedb.internal.io.StoreClock;
import org.storedb.internal.log.RecordExpiry;
import org.storedb.internal.log.SegmentedLog;
import org.storedb.internal.log.TestLogs;
import org.storedb.internal.transaction.CommitLimits;
import org.storedb.internal.transaction.CommitOutcome;
import org.storedb.internal.transaction.CommitPipeline;
import org.storedb.internal.transaction.CommitRequest;
import org.storedb.internal.transaction.LocalCommitPipeline;
import org.storedb.internal.transaction.RecordReader;
import org.storedb.internal.transaction.RecordWrite;
import org.storedb.internal.transaction.SpaceAccounting;
import org.storedb.internal.transaction.StoreState;

/** What becomes of the notes about used records when they cannot be written. */
class ExpiryRenewalTests {

    private static final int TREE = 1;
    private static final int RECORDS = 256;
    private static final int OVERWRITTEN = 100;
    private static final long PERIOD = Duration.ofMinutes(30).toMillis();
    private static final RecordExpiry FIRST = ExpiryRenewal.sliding(PERIOD, 0);

    private final SegmentedLog log = TestLogs.open(new MemoryDirectory());
    private final LocalCommitPipeline pipeline = new LocalCommitPipeline(
            log, StoreState.empty(log.segments()), new SpaceAccounting(), CommitLimits.NONE, ValueCompression.NONE);
    private final AtomicLong nowMillis = new AtomicLong();
    private Consumer<CommitRequest> beforeCommit = request -> {};
    private final ExpiryRenewal renewal = new ExpiryRenewal(
            new InterruptedCommits(), new StoreClock(() -> Instant.ofEpochMilli(nowMillis.get()), () -> 0));

    @Test
    void recordThatIsChangedMeanwhileHoldsUpNoOther() {
        useAll();
        beforeCommit = request -> {
            if (request.writes().stream().anyMatch(write -> Arrays.equals(write.key(), key(OVERWRITTEN)))) {
                put(OVERWRITTEN, FIRST.millis());
            }
        };
        renewal.write();
        assertThat(notRenewed()).containsExactly(OVERWRITTEN);

        beforeCommit = request -> {};
        renewal.write();
        assertThat(notRenewed()).isEmpty();
    }

    @Test
    void whatCannotBeWrittenIsWrittenLater() {
        useAll();
        beforeCommit = request -> {
            throw new StoreFullException("planned");
        };
        renewal.write();
        assertThat(notRenewed()).hasSize(RECORDS);

        beforeCommit = request -> {};
        renewal.write();
        assertThat(notRenewed()).isEmpty();
    }

    /** Records that are used some time after they were written. */
    private void useAll() {
        for (int number = 0; number < RECORDS; number++) {
            put(number, 0);
        }
        nowMillis.set(PERIOD);
        for (int number = 0; number < RECORDS; number++) {
            renewal.used(TREE, key(number), FIRST);
        }
    }

    private void put(int number, long replacedExpiryMillis) {
        RecordWrite put = new RecordWrite(TREE, key(number), new byte[1], 0, false, FIRST, false, replacedExpiryMillis);
        CommitOutcome outcome = pipeline.commit(CommitRequest.ofWrites(pipeline.state(), List.of(put), false));
        assertThat(outcome).isInstanceOf(CommitOutcome.Committed.class);
    }

    private List<Integer> notRenewed() {
        return IntStream.range(0, RECORDS)
                .filter(number -> expiry(key(number)).equals(FIRST))
                .boxed()
                .toList();
    }

    private RecordExpiry expiry(byte[] key) {
        StoreState state = pipeline.state();
        return RecordReader.read(
                        state.segments(),
                        key,
                        Objects.requireNonNull(state.records().get(TREE).get(key)))
                .expiry();
    }

    private static byte[] key(int number) {
        return new byte[] {1, (byte) number};
    }

    /** Has something happen between the moment when a commit is asked for and the commit. */
    private final class InterruptedCommits implements CommitPipeline {

        @Override
        public StoreState state() {
            return pipeline.state();
        }

        @Override
        public CommitOutcome commit(CommitRequest request) {
            beforeCommit.accept(request);
            return pipeline.commit(request);
        }

        @Override
        public CommitOutcome commitExclusively(Function<StoreState, CommitRequest> work) {
            return pipeline.commitExclusively(work);
        }
    }
}
