package org.storedb.maintenance;

import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What was saved of a damaged store, and what is known of the rest.
 *
 * <p>A delete may have been lost like anything else, and a record that it removed is back then; a newer version may have
 * been lost, and an older one is there in its place. Such records are kept and counted as doubtful: all that are older than
 * the newest commit that was lost.
 *
 * @param sourceId id of the damaged store
 * @param salvagedId id of the new store: their files cannot be mixed
 * @param segments files of the log that were read
 * @param records records that were saved
 * @param damages every part that could not be used
 * @param lostCommits sequences of commits of which nothing is left, as far as they can be told
 * @param doubtfulBelow records whose sequence is below may be outdated or deleted; 0 if none are doubtful,
 *     {@link Long#MAX_VALUE} if it is not known which ones are
 * @param doubtfulRecords how many of the saved records these are
 * @param keyCount how many single keys are known to be hit
 * @param keys the first of them, at most {@value #KEYS_MAX}
 * @param repairs what had to be made up or left out so that the new store is sound, in sentences
 */
public record SalvageReport(
        UUID sourceId,
        UUID salvagedId,
        int segments,
        long records,
        List<Damage> damages,
        List<SequenceRange> lostCommits,
        long doubtfulBelow,
        long doubtfulRecords,
        long keyCount,
        List<HitKey> keys,
        List<String> repairs) {

    /** How many keys a report names. */
    public static final int KEYS_MAX = 1000;

    public SalvageReport {
        damages = List.copyOf(damages);
        lostCommits = List.copyOf(lostCommits);
        keys = List.copyOf(keys);
        repairs = List.copyOf(repairs);
    }

    /** Whether nothing was lost, and the new store is what the old one was. */
    public boolean isComplete() {
        return damages.isEmpty() && repairs.isEmpty();
    }

    /**
     * A part of a file that could not be used.
     *
     * @param from the first byte
     * @param to the byte behind the last; -1 for a whole file that is missing
     */
    public record Damage(String file, long from, long to, String description) {}

    /** Sequences from the first to the last, both included. */
    public record SequenceRange(long first, long last) {}

    /**
     * A key that is known to be hit.
     *
     * @param tree the collection or keyspace
     * @param key the id of the document, or the key of the entry, as text
     */
    public record HitKey(@Nullable String tree, String key, Fate fate) {}

    /** What became of a key. */
    public enum Fate {
        /** Its newest version cannot be read, and there is no other. */
        LOST,
        /** Its newest version cannot be read; an older one was taken. */
        OLDER_VERSION,
        /** It was in a damaged part of the log, but is itself as it was written; it was taken. */
        FROM_DAMAGED_PART
    }
}
