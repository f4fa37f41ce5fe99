package org.storedb.internal.snapshot;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.zip.Deflater;
import org.storedb.internal.bytes.ByteWriter;
import org.storedb.internal.document.CatalogEntry.Kind;
import org.storedb.internal.document.DocumentEncoder;
import org.storedb.internal.document.DocumentId;
import org.storedb.internal.document.IndexDefinitions;
import org.storedb.internal.log.RecordExpiry;

/** Writes a snapshot file in its compact form, see {@link SnapshotFormat}. Does not close the stream. */
public final class BinarySnapshotWriter implements SnapshotTarget, AutoCloseable {

    private final OutputStream target;
    private final long fileId;
    private final Deflater deflater = new Deflater(Deflater.BEST_SPEED);
    private final ByteWriter block = new ByteWriter(SnapshotFormat.BLOCK_BYTES * 2);
    private FileDictionary dictionary = new FileDictionary();
    private DocumentEncoder encoder = new DocumentEncoder(dictionary);
    private int namesWritten;
    private long blocks;
    private long sequences;
    private long parts;
    private long documents;
    private long entries;

    /**
     * Creates a writer at the start of a stream.
     *
     * @param fileId any number, so that a block of another file is not mistaken for one of this
     */
    public BinarySnapshotWriter(OutputStream target, long fileId) {
        this.target = target;
        this.fileId = fileId;
    }

    @Override
    public void begin(long sequence, long takenAtMillis) throws IOException {
        target.write(SnapshotFormat.header(fileId));
        block.putByte(SnapshotFormat.BEGIN).putVarint(sequence).putLong(takenAtMillis);
    }

    @Override
    public void sequence(String name, long last) throws IOException {
        sequences++;
        block.putByte(SnapshotFormat.SEQUENCE).putLengthAndBytes(name.getBytes(StandardCharsets.UTF_8));
        block.putVarint(last);
        writeFullBlock();
    }

    @Override
    public void part(SnapshotPart part) throws IOException {
        parts++;
        boolean collection = part.kind() == Kind.COLLECTION;
        int kind = part.isExpiring() ? SnapshotFormat.EXPIRING_COLLECTION : SnapshotFormat.COLLECTION;
        block.putByte(collection ? kind : SnapshotFormat.KEYSPACE);
        block.putLengthAndBytes(part.name().getBytes(StandardCharsets.UTF_8)).putVarint(part.count());
        if (collection) {
            block.putLengthAndBytes(IndexDefinitions.encode(part.indexes()));
        }
        if (part.isExpiring()) {
            block.putLengthAndBytes(part.expiryRule().encode());
        }
        dictionary = new FileDictionary();
        encoder = new DocumentEncoder(dictionary);
        namesWritten = 0;
        writeFullBlock();
    }

    @Override
    public void document(Object id, long revision, RecordExpiry expiry, Object content) throws IOException {
        encoder.reset();
        encoder.writeValue(content);
        byte[] bytes = encoder.toBytes();
        for (String name : dictionary.from(namesWritten)) {
            block.putByte(SnapshotFormat.FIELD_NAME).putLengthAndBytes(name.getBytes(StandardCharsets.UTF_8));
        }
        namesWritten = dictionary.size();
        block.putByte(SnapshotFormat.DOCUMENT).putLengthAndBytes(DocumentId.encode(id));
        block.putVarint(revision);
        putExpiry(expiry);
        block.putLengthAndBytes(bytes);
        documents++;
        writeFullBlock();
    }

    @Override
    public void entry(byte[] key, RecordExpiry expiry, byte[] value) throws IOException {
        block.putByte(SnapshotFormat.ENTRY).putLengthAndBytes(key);
        putExpiry(expiry);
        block.putLengthAndBytes(value);
        entries++;
        writeFullBlock();
    }

    @Override
    public void end() throws IOException {
        block.putByte(SnapshotFormat.END)
                .putVarint(sequences)
                .putVarint(parts)
                .putVarint(documents)
                .putVarint(entries);
        writeBlock();
        target.flush();
    }

    /** Releases the compressor. */
    @Override
    public void close() {
        deflater.end();
    }

    private void putExpiry(RecordExpiry expiry) {
        if (expiry.isNever()) {
            block.putByte(0);
        } else {
            block.putByte(SnapshotFormat.EXPIRES).putVarint(expiry.millis()).putVarint(expiry.slidingMillis());
        }
    }

    private void writeFullBlock() throws IOException {
        if (block.size() >= SnapshotFormat.BLOCK_BYTES) {
            writeBlock();
        }
    }

    private void writeBlock() throws IOException {
        int rawBytes = block.size();
        byte[] content = block.array();
        int storedBytes = rawBytes;
        byte[] smaller = new byte[rawBytes];
        deflater.reset();
        deflater.setInput(content, 0, rawBytes);
        deflater.finish();
        int deflated = deflater.deflate(smaller);
        if (deflater.finished() && deflated < rawBytes) {
            content = smaller;
            storedBytes = deflated;
        }
        ByteWriter head = new ByteWriter(SnapshotFormat.BLOCK_HEADER_BYTES);
        head.putInt(storedBytes).putInt(rawBytes);
        head.putInt(SnapshotFormat.blockChecksum(fileId, blocks, storedBytes, rawBytes, content));
        target.write(head.array(), 0, head.size());
        target.write(content, 0, storedBytes);
        blocks++;
        block.reset(SnapshotFormat.BLOCK_BYTES * 2);
    }
}
