package org.storedb.internal.backup;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.storedb.internal.log.LogImage;
import org.storedb.maintenance.BackupReport;

/**
 * The contents of a backup. Immutable.
 *
 * @param number the number of the backup in its set, from 1 on
 * @param parentId the backup before it with which it shares pieces, or {@code null}
 * @param takenAtMillis since 1970-01-01 UTC
 * @param image the log that a restore creates
 * @param segments in the order of the image
 */
record BackupManifest(
        int number,
        UUID id,
        @Nullable UUID parentId,
        long takenAtMillis,
        LogImage image,
        List<BackedUpSegment> segments) {

    BackupManifest {
        segments = List.copyOf(segments);
    }

    /** Returns all pieces of all segments. */
    Stream<Piece> pieces() {
        return segments.stream().flatMap(segment -> segment.pieces().stream());
    }

    BackupReport report() {
        return new BackupReport(
                number,
                id,
                parentId,
                image.storeId(),
                Instant.ofEpochMilli(takenAtMillis),
                image.sequence(),
                segments.size(),
                pieces().mapToLong(Piece::bytes).sum(),
                pieces().filter(piece -> piece.backup() == number)
                        .mapToLong(Piece::bytes)
                        .sum());
    }

    /** The pieces that make up a segment, in order and without gaps. */
    record BackedUpSegment(int segmentId, List<Piece> pieces) {

        BackedUpSegment {
            pieces = List.copyOf(pieces);
        }

        int bytes() {
            return pieces.stream().mapToInt(Piece::bytes).sum();
        }
    }

    /**
     * A part of a segment, in a separate file.
     *
     * @param backup number of the backup that copied it
     * @param from where it begins in the segment
     * @param checksum CRC-32C of the file
     */
    record Piece(int backup, int segmentId, int from, int bytes, int checksum) {

        String fileName() {
            return BackupFormat.pieceName(backup, segmentId, from);
        }
    }
}
