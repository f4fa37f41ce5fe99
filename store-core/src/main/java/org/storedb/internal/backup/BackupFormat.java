package org.storedb.internal.backup;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.CRC32C;
import org.storedb.error.CorruptStoreException;
import org.storedb.error.InvalidBackupException;
import org.storedb.error.UnsupportedFormatException;
import org.storedb.internal.backup.BackupManifest.BackedUpSegment;
import org.storedb.internal.backup.BackupManifest.Piece;
import org.storedb.internal.bytes.ByteReader;
import org.storedb.internal.bytes.ByteWriter;
import org.storedb.internal.bytes.MalformedBytesException;
import org.storedb.internal.log.LogImage;

/**
 * Names and layout of the files of a backup set. Numbers are big-endian, checksums CRC-32C.
 *
 * <pre>
 * backup-0000000003.manifest                        of backup 3, written last: without it there is no backup 3
 * backup-0000000003-segment-0000000007-0000000000   bytes of segment 7 from byte 0 on, copied for backup 3
 *
 * manifest:  [ magic "STOREBK1" 8 ] [ format version 4 ] [ number 4 ] [ backup id 16 ]
 *            [ parent's id 16, zeros if none ]
 *            [ taken at, ms 8 ] [ length 4 ] [ manifest of the store that a restore makes ] [ number of segments 4 ]
 *            for each segment [ segment id 4 ] [ number of pieces 4 ]
 *            for each piece of it [ number of the backup that copied it 4 ] [ from 4 ] [ bytes 4 ] [ checksum 4 ]
 *            [ checksum of everything before 4; there in every version ]
 * </pre>
 */
final class BackupFormat {

    /** Changing anything here breaks existing backups: increment this and keep reading the old version. */
    static final int VERSION = 1;

    private static final long MAGIC = 0x53544F5245424B31L;
    private static final UUID NONE = new UUID(0, 0);
    private static final Pattern MANIFEST_NAME = Pattern.compile("backup-(\\d{10})\\.manifest");
    private static final Pattern ANY_NAME =
            Pattern.compile("backup-(\\d{10})(\\.manifest|\\.manifest\\.new|-segment-\\d{10}-\\d{10})");

    private BackupFormat() {}

    static String manifestName(int number) {
        return String.format(Locale.ROOT, "backup-%010d.manifest", number);
    }

    /** Returns the name of a manifest until it is complete. */
    static String newManifestName(int number) {
        return manifestName(number) + ".new";
    }

    static String pieceName(int number, int segmentId, int from) {
        return String.format(Locale.ROOT, "backup-%010d-segment-%010d-%010d", number, segmentId, from);
    }

    /** Returns the number of the backup whose manifest has this name; 0 if it is not such a name. */
    static int manifestNumber(String name) {
        return number(MANIFEST_NAME, name);
    }

    /** Returns the number of the backup for which a file of this name was made; 0 if there is none. */
    static int fileNumber(String name) {
        return number(ANY_NAME, name);
    }

    private static int number(Pattern pattern, String name) {
        Matcher matcher = pattern.matcher(name);
        if (!matcher.matches()) {
            return 0;
        }
        long number = Long.parseLong(matcher.group(1));
        return number > Integer.MAX_VALUE ? 0 : (int) number;
    }

    static byte[] encode(BackupManifest manifest) {
        ByteWriter writer = new ByteWriter(1024);
        writer.putLong(MAGIC).putInt(VERSION).putInt(manifest.number());
        writer.putUuid(manifest.id());
        UUID parent = manifest.parentId();
        writer.putUuid(parent == null ? NONE : parent);
        writer.putLong(manifest.takenAtMillis());
        byte[] store = manifest.image().manifest();
        writer.putInt(store.length).putBytes(store);
        writer.putInt(manifest.segments().size());
        for (BackedUpSegment segment : manifest.segments()) {
            writer.putInt(segment.segmentId()).putInt(segment.pieces().size());
            for (Piece piece : segment.pieces()) {
                writer.putInt(piece.backup()).putInt(piece.from());
                writer.putInt(piece.bytes()).putInt(piece.checksum());
            }
        }
        writer.putInt(checksum(writer.array(), writer.size()));
        return writer.toByteArray();
    }

    /**
     * Decodes the manifest in a file.
     *
     * @throws InvalidBackupException if it is damaged, or is inconsistent
     * @throws UnsupportedFormatException if a newer version wrote it
     */
    static BackupManifest decode(String name, byte[] bytes) {
        try {
            ByteReader reader = new ByteReader(bytes);
            if (reader.readLong() != MAGIC) {
                throw new MalformedBytesException("it is not a backup manifest");
            }
            int checked = bytes.length - Integer.BYTES;
            if (new ByteReader(bytes, checked, Integer.BYTES).readInt() != checksum(bytes, checked)) {
                throw new MalformedBytesException("its checksum does not match");
            }
            int version = reader.readInt();
            if (version > VERSION) {
                throw new UnsupportedFormatException("The backup " + name + " has format version " + version
                        + ", this release of StoreDB reads up to " + VERSION + "; use a newer release");
            }
            BackupManifest manifest = read(reader);
            requireSense(name, manifest);
            return manifest;
        } catch (MalformedBytesException | CorruptStoreException e) {
            throw new InvalidBackupException(
                    "The backup cannot be used: " + name + " is damaged, " + e.getMessage(), e);
        }
    }

    private static BackupManifest read(ByteReader reader) {
        int number = reader.readInt();
        UUID id = reader.readUuid();
        UUID parent = reader.readUuid();
        long takenAtMillis = reader.readLong();
        LogImage image = LogImage.of(reader.readBytes(reader.readInt()));
        int segmentCount = reader.readInt();
        List<BackedUpSegment> segments = new ArrayList<>();
        for (int i = 0; i < segmentCount; i++) {
            int segmentId = reader.readInt();
            int pieceCount = reader.readInt();
            List<Piece> pieces = new ArrayList<>();
            for (int j = 0; j < pieceCount; j++) {
                pieces.add(
                        new Piece(reader.readInt(), segmentId, reader.readInt(), reader.readInt(), reader.readInt()));
            }
            segments.add(new BackedUpSegment(segmentId, pieces));
        }
        return new BackupManifest(number, id, parent.equals(NONE) ? null : parent, takenAtMillis, image, segments);
    }

    private static void requireSense(String name, BackupManifest manifest) {
        if (manifest.number() != manifestNumber(name)) {
            throw new MalformedBytesException("it is the manifest of backup " + manifest.number());
        }
        List<LogImage.Entry> entries = manifest.image().segments();
        if (entries.size() != manifest.segments().size()) {
            throw new MalformedBytesException("it does not have all segments");
        }
        for (int i = 0; i < entries.size(); i++) {
            BackedUpSegment segment = manifest.segments().get(i);
            long position = 0;
            for (Piece piece : segment.pieces()) {
                if (piece.from() != position || piece.bytes() <= 0) {
                    throw new MalformedBytesException("it does not have all of segment " + segment.segmentId());
                }
                position += piece.bytes();
            }
            if (segment.segmentId() != entries.get(i).id()
                    || position != entries.get(i).bytes()) {
                throw new MalformedBytesException("it does not have all of segment " + segment.segmentId());
            }
        }
    }

    private static int checksum(byte[] bytes, int length) {
        CRC32C crc = new CRC32C();
        crc.update(bytes, 0, length);
        return (int) crc.getValue();
    }
}
