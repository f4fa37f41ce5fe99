package org.storedb.internal.recovery;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.storedb.internal.bytes.ByteKey;
import org.storedb.internal.checkpoint.Checkpoint;
import org.storedb.internal.io.Environment;
import org.storedb.internal.io.MemoryDirectory;
import org.storedb.internal.log.Frame;
import org.storedb.internal.log.FrameBody;
import org.storedb.internal.log.LogEncryption;
import org.storedb.internal.log.LogMark;
import org.storedb.internal.log.LogReader;
import org.storedb.internal.log.RecordFormat;
import org.storedb.internal.log.Segment;
import org.storedb.internal.log.SegmentTable;
import org.storedb.internal.log.SegmentedLog;
import org.storedb.internal.log.TestLogs;
import org.storedb.internal.transaction.ChangedRecords;
import org.storedb.internal.transaction.StoreState;
import org.storedb.storage.StorageDirectory;
import org.storedb.storage.StorageFullException;
import org.storedb.testing.InterceptedDirectory;
import org.storedb.testing.IoInterceptor;
import org.storedb.testing.IoOperation;
import org.storedb.testing.QuotaDirectory;
import org.storedb.testing.SimulatedDirectory;
import org.storedb.testing.SteppedTasks;
import org.storedb.testing.TestEnvironments;

class RecoveryTests {

    private static final int TREE = 1;

    private final Environment environment = TestEnvironments.stepped(1, new SteppedTasks());
    private final List<Long> reported = new ArrayList<>();

    @Test
    void fullDiskGivesUpItsBallastToBeOpened() throws IOException {
        QuotaDirectory disk = new QuotaDirectory(new MemoryDirectory(), 1 << 20);
        SegmentedLog killed = TestLogs.open(disk);
        killed.space().reserve();
        TestLogs.put(killed, 1, "key", 1000);
        disk.setBytesMax(disk.usedBytes());
        assertThat(disk.list()).contains("ballast");

        Recovery recovery = recover(disk);
        assertThat(recovery.state().records().get(TREE).contains(key("key"))).isTrue();
        assertThat(disk.list()).doesNotContain("ballast");
    }

    @Test
    void fullDiskWithoutBallastCannotBeOpened() throws IOException {
        QuotaDirectory disk = new QuotaDirectory(new MemoryDirectory(), 1 << 20);
        TestLogs.put(TestLogs.open(disk), 1, "key", 1000);
        disk.setBytesMax(disk.usedBytes());
        assertThatExceptionOfType(StorageFullException.class).isThrownBy(() -> recover(disk));

        disk.setBytesMax(1 << 20);
        assertThat(recover(disk).state().records().get(TREE).contains(key("key")))
                .isTrue();
    }

    /** So the JVM tells that a page of a mapped file cannot be read. */
    @Test
    void mapThatCannotBeReadIsAnErrorOfTheMedium() throws IOException {
        MemoryDirectory files = new MemoryDirectory();
        TestLogs.put(TestLogs.open(files), 1, "key", 1000);
        StorageDirectory unreadable = new InterceptedDirectory(files, new IoInterceptor() {
            @Override
            public void before(IoOperation operation) {
                if (operation.kind() == IoOperation.Kind.READ
                        && operation.file().startsWith("segment")) {
                    throw new InternalError("a fault occurred in an unsafe memory access operation");
                }
            }
        });

        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() -> recover(unreadable))
                .withMessageContaining("the medium failed");
    }

    @Test
    void longReplayTellsHowFarItIs() throws IOException {
        MemoryDirectory files = new MemoryDirectory();
        SegmentedLog log = TestLogs.open(files);
        for (int i = 1; i <= 60; i++) {
            TestLogs.put(log, i, "key" + i, 50_000);
        }
        log.close();
        Recovery recovery = recover(files);

        assertThat(recovery.framesReplayed()).isEqualTo(60);
        assertThat(reported).hasSize(3).isSorted().first().isEqualTo(0L);
        assertThat(reported.get(2)).isBetween(2_000_000L, recovery.bytesReplayed());
    }

    @Test
    void replayOfEverythingMissesNothing() {
        LogReplay replay = LogReplay.ofAll();

        assertThat(replay.isWithin(Set.of(1))).isTrue();
        assertThat(replay.changes(TestLogs.open(new MemoryDirectory()).segments()))
                .isNull();
        replay.removeGone(Set.of());
        assertThat(replay.accounting().liveBytes()).isZero();
    }

    @Test
    void fewChangesAreNamedAndManyAreNot() throws IOException {
        MemoryDirectory files = new MemoryDirectory();
        SegmentedLog log = TestLogs.open(files);
        FrameBody many = FrameBody.ofCommit();
        for (int i = 0; i < 1500; i++) {
            many.delete(TREE + 1, key("key" + i));
        }
        log.append(1, many);
        TestLogs.put(log, 2, "key", 10);
        FrameBody puts = FrameBody.ofCommit();
        for (int i = 0; i < 1500; i++) {
            puts.put(TREE + 2, key("key" + i), RecordFormat.Content.of(0, 0, new byte[1]));
        }
        log.append(3, puts);
        log.close();

        StoreState empty = StoreState.empty(log.segments());
        LogReplay replay = LogReplay.behind(new Checkpoint(log.mark(0), Map.of(), Map.of(), List.of()));
        TestLogs.open(files, LogEncryption.NONE, new Replaying(replay));
        ChangedRecords changes = Objects.requireNonNull(replay.changes(log.segments()));

        assertThat(changes.of(TREE)).containsExactly(new ByteKey(key("key")));
        assertThat(changes.of(TREE + 1)).isEmpty(); // There was nothing to delete.
        assertThat(changes.of(TREE + 2)).isNull();
        assertThat(changes.of(TREE + 3)).isEmpty();
        assertThat(replay.state(log.segments()).records().get(TREE + 2).size()).isEqualTo(1500);
        assertThat(changes.before().entries()).isEqualTo(empty.entries());
    }

    @Test
    void followerThatHasAcceptedNothingReadsEverything() throws IOException {
        SimulatedDirectory files = new SimulatedDirectory();
        SegmentedLog log = TestLogs.open(files);
        TestLogs.put(log, 1, "key", 10);
        List<String> open = files.openFiles();
        StoreFollower follower = new StoreFollower(files, environment, null, state -> {}, (phase, done, total) -> {});
        FollowedState first = Objects.requireNonNull(follower.next(StoreState.empty(log.segments())));
        assertThat(first.whole()).isTrue();
        assertThat(first.state().sequence()).isEqualTo(1);
        follower.giveUp(first);
        assertThat(files.openFiles()).isEqualTo(open);

        FollowedState again = Objects.requireNonNull(follower.next(first.state()));
        assertThat(again.whole()).isTrue();
        follower.accept(again);
        assertThat(follower.next(again.state())).isNull();
        follower.close();
        assertThat(files.openFiles()).isEqualTo(open);
    }

    @Test
    void stepThatIsGivenUpIsTakenAgain() throws IOException {
        SimulatedDirectory files = new SimulatedDirectory();
        SegmentedLog log = TestLogs.open(files);
        List<String> open = files.openFiles();
        StoreFollower follower = new StoreFollower(files, environment, null, state -> {}, (phase, done, total) -> {});
        FollowedState first = follower.read();
        follower.accept(first);
        TestLogs.put(log, 1, "key", 10);
        FollowedState step = Objects.requireNonNull(follower.next(first.state()));
        follower.giveUp(step);

        FollowedState again = Objects.requireNonNull(follower.next(first.state()));
        assertThat(again.whole()).isFalse();
        assertThat(again.state().records().get(TREE).contains(key("key"))).isTrue();
        follower.accept(again);
        follower.close();
        assertThat(files.openFiles()).isEqualTo(open);
    }

    @Test
    void followerThatHasReadNothingHasNothingToClose() throws IOException {
        StoreFollower follower =
                new StoreFollower(new MemoryDirectory(), environment, null, state -> {}, (phase, done, total) -> {});
        follower.close();

        assertThat(follower.accounting().liveBytes()).isZero();
    }

    private Recovery recover(StorageDirectory directory) throws IOException {
        return Recovery.run(
                directory,
                environment,
                null,
                TestLogs.SEGMENT_BYTES,
                state -> {},
                (phase, done, total) -> reported.add(done));
    }

    private static byte[] key(String text) {
        return text.getBytes(UTF_8);
    }

    /** Hands all frames of a log to a replay. */
    private record Replaying(LogReplay replay) implements LogReader {

        @Override
        public @Nullable LogMark start(UUID storeId) {
            return null;
        }

        @Override
        public void begin(long bytesTotal) {}

        @Override
        public boolean isComplete(Set<Integer> segmentIds) {
            return true;
        }

        @Override
        public void restart(String reason) {}

        @Override
        public void sequenceAtLeast(long sequence) {
            replay.sequenceAtLeast(sequence);
        }

        @Override
        public void beginSegment(Segment segment) {
            replay.beginSegment(segment);
        }

        @Override
        public void frame(Frame frame) {
            replay.frame(frame);
        }

        @Override
        public void requireSound(SegmentTable segments) {}
    }
}
