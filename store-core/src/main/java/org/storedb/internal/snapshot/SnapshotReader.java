package org.storedb.internal.snapshot;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import org.storedb.error.SnapshotFileException;
import org.storedb.error.UnsupportedFormatException;
import org.storedb.internal.bytes.MalformedBytesException;
import org.storedb.internal.document.MalformedDocumentException;

/** Reads a snapshot file in either form. */
public final class SnapshotReader {

    private SnapshotReader() {}

    /**
     * Passes everything in a file on to the target. Nothing is reliable before this has returned: only then is the file
     * known to be sound.
     *
     * @param name of the file
     * @throws SnapshotFileException if it is damaged, incomplete or something else
     * @throws org.storedb.error.UnsupportedFormatException if a newer release wrote it
     */
    public static void read(String name, InputStream input, SnapshotTarget target) throws IOException {
        BufferedInputStream buffered = new BufferedInputStream(input, 1 << 16);
        CheckedTarget checked = new CheckedTarget(target);
        try {
            buffered.mark(1);
            int first = buffered.read();
            buffered.reset();
            if (first == '{') {
                new JsonSnapshotReader(name, buffered, checked).read();
            } else {
                new BinarySnapshotReader(buffered, checked).read();
            }
        } catch (UnsupportedFormatException e) {
            throw new UnsupportedFormatException("The snapshot file " + name + " cannot be used: " + e.getMessage());
        } catch (MalformedBytesException | MalformedDocumentException | EOFException e) {
            throw new SnapshotFileException(
                    "The snapshot file " + name + " cannot be used: " + e.getMessage() + "; use another one", e);
        }
    }
}
