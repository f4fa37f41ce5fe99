package org.storedb.internal.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongPredicate;
import org.junit.jupiter.api.Test;
import org.storedb.internal.io.MemoryDirectory;
import org.storedb.storage.StorageDirectory;
import org.storedb.storage.StorageFullException;
import org.storedb.testing.InterceptedDirectory;
import org.storedb.testing.IoInterceptor;
import org.storedb.testing.IoOperation;
import org.storedb.testing.QuotaDirectory;

class LogSpaceTests {

    private static final int BALLAST_BYTES = 64 << 10;
    private static final int COPY_BYTES = TestLogs.SEGMENT_BYTES + TestLogs.SEGMENT_BYTES / 16;

    private final QuotaDirectory disk = new QuotaDirectory(new MemoryDirectory(), 1 << 20);
    private final SegmentedLog log = TestLogs.open(disk);

    @Test
    void deletesLeaveRoomForACopyAndTheManifest() {
        LogSpace space = spaceOfLargeLog();
        space.reserve();
        disk.setBytesMax(disk.usedBytes() + 100_000);
        space.becameFull(new StorageFullException("planned"));
        assertThat(space.bytesForDeletes()).isEqualTo(disk.usableBytes() - COPY_BYTES - BALLAST_BYTES / 4);

        disk.setBytesMax(disk.usedBytes() + COPY_BYTES);
        assertThat(space.bytesForDeletes()).isNegative();
        assertThat(space.bytesForCopies()).isPositive();
    }

    @Test
    void deletesGetTheBallastOnceWhereOthersTakeTheRest() {
        LogSpace space = spaceOfLargeLog();
        space.reserve();
        disk.setBytesMax(disk.usedBytes());
        space.becameFull(new StorageFullException("planned"));
        assertThat(space.bytesForDeletes()).isEqualTo(BALLAST_BYTES * 3 / 4);
        disk.setBytesMax(disk.usedBytes() + BALLAST_BYTES / 4);
        assertThat(space.bytesForDeletes()).isZero();

        LogSpace reopened = spaceOfLargeLog();
        reopened.reserve();
        assertThat(reopened.full()).isNotNull();
        assertThat(reopened.bytesForDeletes()).isZero();

        disk.setBytesMax(disk.usedBytes() + COPY_BYTES);
        assertThat(reopened.bytesForDeletes()).as("what became free meanwhile").isBetween(1L, BALLAST_BYTES * 3L / 4);
    }

    @Test
    void diskIsFullBeforePutsTakeTheRoomForACopy() throws IOException {
        LogSpace space = spaceOfLargeLog();
        space.reserve();
        disk.setBytesMax(disk.usedBytes() + COPY_BYTES + BALLAST_BYTES);
        space.grew(BALLAST_BYTES);
        assertThat(space.full()).isNull();
        assertThatExceptionOfType(StorageFullException.class)
                .isThrownBy(() -> space.requireRoom(BALLAST_BYTES))
                .withMessageContaining("kept for deletes and compaction");

        disk.setBytesMax(disk.usedBytes() + COPY_BYTES + BALLAST_BYTES - 1000);
        space.grew(1000);
        assertThat(space.full()).as("not checked each time").isNull();
        space.grew(BALLAST_BYTES);
        assertThat(space.full()).hasMessageContaining("kept for deletes and compaction");
        assertThat(disk.list()).doesNotContain(Ballast.NAME);
    }

    @Test
    void copyInProgressTakesWhatIsKeptForIt() throws IOException {
        TestLogs.put(log, 1, "key", 10_000);
        long before = log.space().bytesForDeletes();
        SealedSegmentWriter copy = copy();
        assertThat(log.space().bytesForDeletes()).isCloseTo(before, within(1024L)); // Two blocks.

        log.addSegments(List.of(copy), 1);
        long added = log.space().bytesForDeletes();
        log.space().endCopies();
        assertThat(log.space().bytesForDeletes())
                .isEqualTo(added - copy.segment().bytes());
    }

    @Test
    void whatWillBeKeptCanBeAskedBeforeTheCopiesEnd() throws IOException {
        TestLogs.put(log, 1, "key", 10_000);
        LogSpace space = log.space();
        SealedSegmentWriter copy = copy();
        log.addSegments(List.of(copy), 1);
        long most = mostOf(space::keepsReserve);
        assertThat(mostOf(space::keepsReserveWithoutCopies))
                .isEqualTo(most - copy.segment().bytes());

        space.endCopies();

        assertThat(mostOf(space::keepsReserve)).isEqualTo(most - copy.segment().bytes());
    }

    private static long mostOf(LongPredicate keepsReserve) {
        long bytes = 0;
        while (keepsReserve.test(bytes + 1)) {
            bytes++;
        }
        return bytes;
    }

    @Test
    void anotherProblemWithTheBallastIsNotALackOfSpace() throws IOException {
        StorageDirectory failing = new InterceptedDirectory(disk, new IoInterceptor() {
            @Override
            public void before(IoOperation operation) throws IOException {
                if (operation.kind() == IoOperation.Kind.CREATE) {
                    throw new IOException("planned");
                }
            }
        });
        LogSpace space = new LogSpace(failing, TestLogs.SEGMENT_BYTES, () -> 0);
        space.reserve();
        assertThat(space.full()).isNull();

        space.becameFull(new StorageFullException("planned"));
        assertThat(space.hasRecovered(0)).isTrue();
        assertThat(space.full()).isNull();
        assertThat(disk.list()).doesNotContain(Ballast.NAME);
    }

    /** A slow logger must not delay those who ask whether the disk is full. */
    @Test
    void nothingIsLoggedUnderALock() {
        List<Boolean> locked = new ArrayList<>();
        LogSpace[] lock = new LogSpace[1];
        StorageDirectory named = (StorageDirectory) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {StorageDirectory.class}, (proxy, method, arguments) -> {
                    if (method.getName().equals("description")) { // Which is part of each message.
                        locked.add(Thread.holdsLock(lock[0]));
                    }
                    return method.invoke(disk, arguments);
                });
        LogSpace space = new LogSpace(named, TestLogs.SEGMENT_BYTES, () -> 0);
        lock[0] = space;
        space.reserve();
        space.becameFull(new StorageFullException("planned"));
        assertThat(space.hasRecovered(0)).isTrue();

        assertThat(locked).containsExactly(false, false);
    }

    @Test
    void copyThatBecomesPartOfTheLogIsCountedOnce() throws IOException {
        SealedSegmentWriter copy = copy();
        long before = log.segments().bytes();
        assertThat(log.bytesOnDisk()).isEqualTo(before + copy.segment().bytes());

        log.addSegments(List.of(copy), 1);

        assertThat(log.bytesOnDisk()).isEqualTo(log.segments().bytes());
    }

    @Test
    void copyThatBecomesPartOfTheLogMeanwhileIsNotMissed() throws IOException {
        SealedSegmentWriter copy = copy();
        long all = log.segments().bytes() + copy.segment().bytes();

        long bytes = log.space().bytesOnDisk(() -> {
            add(copy);
            return log.segments();
        });

        assertThat(bytes).isEqualTo(all);
    }

    private LogSpace spaceOfLargeLog() {
        return new LogSpace(disk, TestLogs.SEGMENT_BYTES, () -> TestLogs.SEGMENT_BYTES);
    }

    private SealedSegmentWriter copy() throws IOException {
        FrameBody body = FrameBody.ofRelocation();
        byte[] key = "key".getBytes(StandardCharsets.UTF_8);
        body.relocatePut(1, 1, key, RecordFormat.Content.of(0, 0, new byte[1_000]));
        SealedSegmentWriter copy = log.newSealedSegment(body);
        copy.append(1, body);
        copy.finish();
        return copy;
    }

    private void add(SealedSegmentWriter copy) {
        try {
            log.addSegments(List.of(copy), 1);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
