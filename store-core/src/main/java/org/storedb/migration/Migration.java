package org.storedb.migration;

import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.zip.CRC32C;
import org.storedb.Transaction;

/**
 * One change to the documents of a store. Immutable.
 *
 * @param version its position in the order: numbers separated by dots, such as {@code 3}, {@code 3.1} or
 *     {@code 20261121.2}
 * @param name what it does, in a few words
 * @param checksum the checksum of what it does, to detect that it was changed after it ran
 * @param work makes the change, in a transaction that is committed afterwards together with the record that it ran.
 *     After a conflict it is run again. Indexes and collections that it creates or drops are not part of the
 *     transaction, so creating or dropping them again must do no harm
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
     * Returns a migration whose checksum covers version and name. A change in its code is not detected; to detect it,
     * use {@link #withContent}.
     */
    public static Migration of(String version, String name, Consumer<? super Transaction> work) {
        return new Migration(version, name, checksum(Version.parse(version) + "\n" + name), work);
    }

    /**
     * Returns the same migration with a checksum that also covers a text: a file that it reads, or anything that
     * changes along with its code.
     */
    public Migration withContent(String content) {
        return new Migration(version, name, checksum(version + "\n" + name + "\n" + content), work);
    }

    private static String checksum(String text) {
        CRC32C crc = new CRC32C();
        crc.update(text.getBytes(StandardCharsets.UTF_8));
        return Long.toHexString(crc.getValue());
    }

    /** Returns its name for messages. */
    String shown() {
        return "Migration " + version + " (" + name + ")";
    }

    Version parsedVersion() {
        return Version.parse(version);
    }
}
