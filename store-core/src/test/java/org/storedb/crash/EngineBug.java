package org.storedb.crash;

import java.util.List;

/**
 * A bug that is put into the source of the engine: a piece of one class and what stands in its place. {@link
 * MutatedEngine} compiles it. A piece that the source no longer has exactly once fails the test: then the bug has to be
 * planted anew.
 */
enum EngineBug {
    DURABLE_MARK_OF_FRAMES_IS_IGNORED(
            Campaign.DAMAGE_AFTER_KILL,
            "internal.log.SegmentScanner",
            "header -> header.durableUpTo() > position",
            "header -> position < 0"),
    DURABLE_MARK_OF_MANIFEST_IS_IGNORED(
            Campaign.DAMAGE, "internal.log.LogReading", "int durable = manifest.active().bytes();", "int durable = 0;"),
    CHECKSUM_OF_MANIFEST_IS_IGNORED(
            Campaign.DAMAGE,
            "internal.log.ManifestFile",
            "&& new ByteReader(bytes, checked, Integer.BYTES).readInt() == LogFormat.checksum(bytes, 0, checked)",
            ""),
    CHECKSUM_OF_BODIES_IS_IGNORED(
            Campaign.CRASH,
            "internal.log.FrameDecoder",
            "(int) crc.getValue() == header.bodyChecksum()",
            "crc.getValue() >= 0"),
    TAIL_IS_NOT_CUT_OFF(
            Campaign.CRASH,
            "internal.log.LogOpener",
            "leftovers.isEmpty() && isClosedInOrder(manifest, reading)",
            "leftovers.isEmpty()"),
    SEQUENCE_IS_NOT_COMPARED_IN_REPLAY(
            Campaign.REOPENING,
            "internal.recovery.TreeReplay",
            "current != null && current.sequence() > operationSequence",
            "current != null && current.sequence() < 0"),
    DELETES_ARE_FORGOTTEN_IN_REPLAY(
            Campaign.REOPENING, "internal.recovery.TreeReplay", "|| deletedSince(key) > operationSequence", ""),
    TOMBSTONES_ARE_DROPPED_TOO_EARLY(
            Campaign.REOPENING,
            "internal.compaction.LiveRecordCopier",
            "if (tombstoneNeeded.test(sequence)",
            "if (sequence < 0"),
    COMPACTION_POINTS_TO_OUTDATED_COPIES(
            Campaign.REOPENING,
            "internal.transaction.StateBuilder",
            "original != null && original.sequence() == copy.sequence()",
            "original != null"),
    COMMIT_IS_ACKNOWLEDGED_BEFORE_ITS_SYNC(
            Campaign.CRASH, "internal.transaction.GroupCommit", "if (part.isDurable()) {", "if (part == null) {"),
    FULL_SEGMENT_IS_NOT_SYNCED(
            Campaign.CRASH,
            "internal.log.SegmentedLog",
            "sync();\n            goOnBehind(end, sequence, bodyBytes);",
            "goOnBehind(end, sequence, bodyBytes);"),
    LOG_IS_NOT_SYNCED_BEFORE_SEGMENTS_GO(
            Campaign.CRASH_WITHOUT_SYNC, "internal.compaction.Compactor", "log.sync();", ""),
    SEGMENTS_ARE_DELETED_BEFORE_THE_MANIFEST_IS_REPLACED(
            Campaign.CRASH,
            "internal.log.SegmentRegistry",
            "replaceManifest(marked.without(ids, sequence, newestCommit));",
            "ids.forEach(id -> removal.remove(LogFormat.segmentFileName(id)));"
                    + "replaceManifest(marked.without(ids, sequence, newestCommit));"),
    COPIES_ARE_NOT_SYNCED(Campaign.CRASH, "internal.log.SealedSegmentWriter", "writer.sync();", ""),
    FAILURE_DOES_NOT_STOP_THE_STORE(
            Campaign.FAULTS,
            "internal.log.LogFailure",
            "first.compareAndSet(null, cause)",
            "first.compareAndSet(cause, cause)"),
    HALF_PUBLISHED_MANIFEST_DOES_NOT_STOP_THE_STORE(
            Campaign.FAULTS,
            "internal.log.SegmentRegistry",
            "failure.end(e); // From here on the manifest on the medium may be this one or the one before.",
            ""),
    FAILED_OPEN_LEAVES_FILES_OPEN(
            Campaign.FAULTS, "internal.log.LogOpener", "closeQuietly(file);\n            throw e;", "throw e;"),
    UNREADABLE_IS_REPORTED_AS_ABSENT(
            Campaign.FAULTS,
            "LocalKeyspace",
            "return view.readValue(entry.treeId(), key);",
            "try { return view.readValue(entry.treeId(), key); }"
                    + " catch (org.storedb.error.StoreIoException e) { return null; }"),
    INTERRUPT_IS_LOST(
            Campaign.FAULTS, "internal.transaction.GroupCommit", "log.flush();", "log.flush(); Thread.interrupted();"),
    RECENT_PUTS_ARE_NOT_IN_SNAPSHOTS(
            Campaign.REOPENING,
            "internal.transaction.LatestState",
            "eagerCommits = EAGER_COMMITS;\n        return index();",
            "return indexed;"),
    WRITES_ARE_NOT_VALIDATED(
            Campaign.CONFLICTS,
            "internal.transaction.StateBuilder",
            "!mayReplaceAny && isChanged(request.base(), write.treeId(), write.key())",
            "write.key().length < 0"),
    READS_ARE_NOT_VALIDATED(
            Campaign.CONFLICTS,
            "internal.transaction.StateBuilder",
            "return request.reads() == null ? null : findChangedRead(request.base(), request.reads());",
            "return null;"),
    IDS_FOLLOW_THE_CLOCK_BACK(
            Campaign.CLOCK,
            "internal.document.DocumentIdGenerator",
            "Math.max(last + 1, clock.millis() << COUNTER_BITS)",
            "clock.millis() << COUNTER_BITS");

    private final Campaign campaign;
    private final String className;
    private final String right;
    private final String wrong;

    EngineBug(Campaign campaign, String className, String right, String wrong) {
        this.campaign = campaign;
        this.className = "org.storedb." + className;
        this.right = right;
        this.wrong = wrong;
    }

    Campaign campaign() {
        return campaign;
    }

    String className() {
        return className;
    }

    /** The source with the bug. */
    String plantedIn(String source) {
        List<String> parts = List.of(source.split(java.util.regex.Pattern.quote(right), -1));
        if (parts.size() != 2) {
            throw new AssertionError(this + " cannot be planted: " + className + " has " + (parts.size() - 1)
                    + " times what it replaces; change EngineBug so that it is the same bug again");
        }
        return String.join(wrong, parts);
    }
}
