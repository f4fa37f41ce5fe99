package org.storedb.internal.snapshot;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import org.storedb.error.UnsupportedFormatException;
import org.storedb.index.IndexDefinition;
import org.storedb.internal.bytes.ByteReader;
import org.storedb.internal.bytes.MalformedBytesException;
import org.storedb.internal.document.CatalogEntry.Kind;
import org.storedb.internal.document.DocumentId;
import org.storedb.internal.document.EncodedValue;
import org.storedb.internal.document.ExpiryRule;
import org.storedb.internal.document.IndexDefinitions;
import org.storedb.internal.log.RecordExpiry;

/**
 * Reads a snapshot file in its compact form, see {@link SnapshotFormat}. A block is used only if its checksum is right.
 */
final class BinarySnapshotReader {

    private final InputStream input;
    private final SnapshotTarget target;
    private long fileId;
    private FileDictionary dictionary = new FileDictionary();
    private boolean ended;

    BinarySnapshotReader(InputStream input, SnapshotTarget target) {
        this.input = input;
        this.target = target;
    }

    /**
     * Passes everything on to the target.
     *
     * @throws MalformedBytesException if the file is damaged
     */
    void read() throws IOException {
        readHeader();
        for (long number = 0; !ended; number++) {
            ByteReader block = new ByteReader(readBlock(number));
            while (block.remaining() > 0 && !ended) {
                readRecord(block);
            }
            if (ended && block.remaining() > 0) {
                throw new MalformedBytesException("there is more data after its end");
            }
        }
        if (input.read() >= 0) {
            throw new MalformedBytesException("there is more data after its end");
        }
    }

    private void readHeader() throws IOException {
        byte[] header = exactly(SnapshotFormat.HEADER_BYTES);
        ByteReader reader = new ByteReader(header);
        if (reader.readLong() != SnapshotFormat.MAGIC) {
            throw new MalformedBytesException("it does not begin with the header of a snapshot file");
        }
        int version = reader.readInt();
        fileId = reader.readLong();
        if (reader.readInt() != SnapshotFormat.checksum(header, SnapshotFormat.HEADER_BYTES - Integer.BYTES)) {
            throw new MalformedBytesException("the checksum of its header does not match");
        }
        if (version != SnapshotFormat.VERSION) {
            throw new UnsupportedFormatException("The snapshot file has format version " + version
                    + ", this release of StoreDB reads " + SnapshotFormat.VERSION + "; use a newer release");
        }
    }

    private byte[] readBlock(long number) throws IOException {
        ByteReader head = new ByteReader(exactly(SnapshotFormat.BLOCK_HEADER_BYTES));
        int storedBytes = head.readInt();
        int rawBytes = head.readInt();
        int checksum = head.readInt();
        if (storedBytes <= 0 || rawBytes < storedBytes) {
            throw new MalformedBytesException("block " + number + " has an invalid size");
        }
        byte[] stored = exactly(storedBytes);
        if (checksum != SnapshotFormat.blockChecksum(fileId, number, storedBytes, rawBytes, stored)) {
            throw new MalformedBytesException("the checksum of block " + number + " does not match");
        }
        return storedBytes == rawBytes ? stored : inflated(stored, rawBytes);
    }

    private static byte[] inflated(byte[] stored, int rawBytes) {
        Inflater inflater = new Inflater();
        try {
            byte[] raw = new byte[rawBytes];
            inflater.setInput(stored);
            if (inflater.inflate(raw) != rawBytes) {
                throw new MalformedBytesException("a block has fewer bytes than it states");
            }
            return raw;
        } catch (DataFormatException e) {
            throw new MalformedBytesException("a block cannot be decompressed: " + e.getMessage());
        } finally {
            inflater.end();
        }
    }

    /** Reads bytes, allocating memory as they arrive, however many a damaged file promises. */
    private byte[] exactly(int length) throws IOException {
        byte[] bytes = input.readNBytes(length);
        if (bytes.length < length) {
            throw new EOFException("it ends too early");
        }
        return bytes;
    }

    private void readRecord(ByteReader block) throws IOException {
        int kind = block.readByte();
        switch (kind) {
            case SnapshotFormat.BEGIN -> target.begin(block.readVarint(), block.readLong());
            case SnapshotFormat.SEQUENCE -> target.sequence(text(block), block.readVarint());
            case SnapshotFormat.COLLECTION, SnapshotFormat.EXPIRING_COLLECTION ->
                readCollection(block, kind == SnapshotFormat.EXPIRING_COLLECTION);
            case SnapshotFormat.FIELD_NAME -> dictionary.add(text(block));
            case SnapshotFormat.DOCUMENT -> {
                Object id = DocumentId.decode(block.readLengthAndBytes());
                long revision = block.readVarint();
                RecordExpiry expiry = readExpiry(block);
                target.document(id, revision, expiry, EncodedValue.document(block.readLengthAndBytes(), dictionary));
            }
            case SnapshotFormat.KEYSPACE -> target.part(SnapshotPart.keyspace(text(block), block.readVarint()));
            case SnapshotFormat.ENTRY -> {
                byte[] key = block.readLengthAndBytes();
                target.entry(key, readExpiry(block), block.readLengthAndBytes());
            }
            case SnapshotFormat.END -> {
                ended = true;
                requireCounts(block);
            }
            default -> throw new MalformedBytesException("it has a record of kind " + kind);
        }
    }

    private void readCollection(ByteReader block, boolean expiring) throws IOException {
        String name = text(block);
        long count = block.readVarint();
        List<IndexDefinition> indexes = IndexDefinitions.decode(block.readLengthAndBytes());
        ExpiryRule rule = expiring ? ExpiryRule.decode(block.readLengthAndBytes()) : ExpiryRule.NONE;
        dictionary = new FileDictionary();
        target.part(new SnapshotPart(Kind.COLLECTION, name, count, indexes, rule));
    }

    private void requireCounts(ByteReader block) throws IOException {
        SnapshotCounts counts =
                new SnapshotCounts(block.readVarint(), block.readVarint(), block.readVarint(), block.readVarint());
        if (target instanceof CheckedTarget checked) {
            checked.requireCounts(counts);
        }
        target.end();
    }

    private static RecordExpiry readExpiry(ByteReader block) {
        int flags = block.readByte();
        if (flags == 0) {
            return RecordExpiry.NEVER;
        }
        if (flags != SnapshotFormat.EXPIRES) {
            throw new MalformedBytesException("it has an expiry of kind " + flags);
        }
        return SnapshotFormat.expiry(block.readVarint(), block.readVarint());
    }

    private static String text(ByteReader block) {
        return new String(block.readLengthAndBytes(), StandardCharsets.UTF_8);
    }
}
