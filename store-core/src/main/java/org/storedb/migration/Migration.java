package org.storedb.migration;

import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.zip.CRC32C;
import org.storedb.Transaction;

/**
 * One change to the documents of a store. Immutable.
 *
 * @param version its place in the order: numbers with dots between them, as {@code 3}, {@code 3.1} or {@code 20261121.2}
 * @param name what it does, a few words
 * @param checksum of what it does, to find out that it was changed after it ran
 * @param work makes the change, in a transaction that is committed afterwards together with the note that it ran. After a
 *     conflict it is run again. Indexes and collections that it creates or drops are not part of the transaction: they must
 *     be such that creating or dropping them again does no harm
 */
public record Migration(String version, String name, String checksum, Consumer<? super Transaction> work) {

    public Migration {
        version = Version.parse(version).toString();
        if (name.isBlank()) {
            throw new IllegalArgumentException("Migration " + version + " needs a name");
        }
        Objects.requireNonNull(work, "work");
    }

    /**
     * A migration whose checksum covers version and name. A change in its code is not noticed; where it should be, use
     * {@link #withContent}.
     */
    public static Migration of(String version, String name, Consumer<? super Transaction> work) {
        return new Migration(version, name, checksum(Version.parse(version) + "\n" + name), work);
    }

    /** The same with a checksum that covers a text, too: a file that it reads, or anything that is changed with its code. */
    public Migration withContent(String content) {
        return new Migration(version, name, checksum(version + "\n" + name + "\n" + content), work);
    }

    private static String checksum(String text) {
        CRC32C crc = new CRC32C();
        crc.update(text.getBytes(StandardCharsets.UTF_8));
        return Long.toHexString(crc.getValue());
    }

    /** What to call it in messages. */
    String shown() {
        return "Migration " + version + " (" + name + ")";
    }

    Version parsedVersion() {
        return Version.parse(version);
    }
}
