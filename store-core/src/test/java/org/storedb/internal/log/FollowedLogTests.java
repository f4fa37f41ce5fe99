package org.storedb.internal.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.storedb.error.CorruptStoreException;
import org.storedb.internal.io.MemoryDirectory;

/** A log that is read on, over files made by hand. */
class FollowedLogTests {

    private final MemoryDirectory directory = new MemoryDirectory();
    private final TestLogs.Reader reader = new TestLogs.Reader(null);
    private final SegmentBytes first =
            new SegmentBytes(TestLogs.STORE, 1).commit(1).commit(2);
    private final SegmentBytes second = new SegmentBytes(TestLogs.STORE, 2);

    @BeforeEach
    void write() throws IOException {
        first.writeTo(directory);
        second.writeTo(directory);
        TestLogs.writeManifest(directory, 2, Manifest.Entry.active(1));
    }

    @Test
    void segmentThatWasSealedAndTheNextOneAreReadOn() throws IOException {
        FollowedLog before = read();
        assertThat(before.next(reader)).isNull();
        seal(first.commit(3).footer(3));
        second.commit(4).writeTo(directory);
        FollowedLog after = Objects.requireNonNull(before.next(reader));
        before.close(after);

        assertThat(reader.sequences).containsExactly(1L, 2L, 3L, 4L);
        assertThat(after.segments().get(1).isSealed()).isTrue();
        assertThat(after.next(reader)).isNull();
        after.close(null);
    }

    @Test
    void olderManifestIsAnotherHistory() throws IOException {
        FollowedLog before = read();
        TestLogs.writeManifest(directory, 1, Manifest.Entry.active(1));

        assertOtherHistory(before, "replaced by an older one");
    }

    @Test
    void sealedSegmentThatIsAnotherOneNowIsAnotherHistory() throws IOException {
        seal(first.footer(2));
        FollowedLog before = read();
        first.commit(3);
        TestLogs.writeManifest(directory, 4, first.entry(true), Manifest.Entry.active(2));

        assertOtherHistory(before, "was sealed and has been replaced");
    }

    @Test
    void framesThatAreNotThereAnyMoreAreAnotherHistory() throws IOException {
        FollowedLog before = read();
        new SegmentBytes(TestLogs.STORE, 1).commit(1).commit(7).writeTo(directory);
        TestLogs.writeManifest(directory, 3, Manifest.Entry.active(1));
        assertOtherHistory(before, "the last commit that was read");

        new SegmentBytes(TestLogs.STORE, 1).writeTo(directory);
        assertOtherHistory(before, "the last commit that was read");
    }

    @Test
    void otherHeaderOfAnEmptySegmentIsAnotherHistory() throws IOException {
        new SegmentBytes(TestLogs.STORE, 1).writeTo(directory);
        FollowedLog before = read();
        TestLogs.writeManifest(directory, 3, Manifest.Entry.active(1));
        assertThat(before.next(reader)).isNotNull();
        new SegmentBytes(TestLogs.STORE, 1, 5).writeTo(directory);

        assertOtherHistory(before, "the last commit that was read");
    }

    @Test
    void sealedSegmentHasToEndAsTheManifestSays() throws IOException {
        FollowedLog before = read();
        seal(first);
        assertDamaged(before, "its footer is missing");

        Manifest.Entry other = new Manifest.Entry(1, true, first.footer(2).size(), 77);
        first.writeTo(directory);
        TestLogs.writeManifest(directory, 3, other, Manifest.Entry.active(2));
        assertDamaged(before, "a frame does not match its checksum");
    }

    @Test
    void whatTheManifestCallsDurableHasToBeThere() throws IOException {
        FollowedLog before = read();
        SegmentBytes longer =
                new SegmentBytes(TestLogs.STORE, 1).commit(1).commit(2).commit(3);
        TestLogs.writeManifest(directory, 3, longer.entry(false));

        assertDamaged(before, "a frame does not match its checksum");
        longer.writeTo(directory);
        assertThat(before.next(reader)).isNotNull();
        assertThat(reader.sequences).containsExactly(1L, 2L, 3L);
    }

    @Test
    void missingSegmentIsToldAsSuch() throws IOException {
        FollowedLog before = read();
        directory.delete(LogFormat.segmentFileName(2));
        TestLogs.writeManifest(directory, 3, first.footer(2).entry(true), Manifest.Entry.active(2));

        assertThatExceptionOfType(NoSuchFileException.class).isThrownBy(() -> before.next(reader));
    }

    private void seal(SegmentBytes segment) throws IOException {
        segment.writeTo(directory);
        TestLogs.writeManifest(directory, 3, segment.entry(true), Manifest.Entry.active(2));
    }

    private FollowedLog read() throws IOException {
        return FollowedLog.read(directory, LogEncryption.NONE, reader);
    }

    private void assertOtherHistory(FollowedLog before, String why) {
        assertThatExceptionOfType(FollowedLog.OtherHistoryException.class)
                .isThrownBy(() -> before.next(reader))
                .withMessageContaining(why);
    }

    private void assertDamaged(FollowedLog before, String how) {
        assertThatExceptionOfType(CorruptStoreException.class)
                .isThrownBy(() -> before.next(reader))
                .withMessageContaining(how);
    }
}
