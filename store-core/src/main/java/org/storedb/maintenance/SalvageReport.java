package org.storedb.maintenance;

import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What was salvaged from a damaged store, and what is known about the rest.
 *
 * <p>A delete may have been lost like anything else, so that a record it removed is back; a newer version may have been
 * lost, so that an older one takes its place. Such records are kept and counted as doubtful: all that are older than
 * the newest lost commit.
 *
 * @param sourceId id of the damaged store
 * @param salvagedId id of the new store: their files cannot be mixed
 * @param segments number of log files that were read
 * @param records number of records that were salvaged
 * @param damages every part that could not be used
 * @param lostCommits sequences of commits of which nothing is left, as far as they can be determined
 * @param doubtfulBelow records with a lower sequence may be outdated or deleted; 0 if none are doubtful,
 *     {@link Long#MAX_VALUE} if it is unknown which ones are
 * @param doubtfulRecords how many of the salvaged records are doubtful
 * @param keyCount how many individual keys are known to be affected
 * @param keys the first affected keys, at most {@value #KEYS_MAX}
 * @param repairs what had to be reconstructed or omitted so that the new store is sound, in sentences
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

    /** The maximum number of keys that a report lists. */
    public static final int KEYS_MAX = 1000;

    public SalvageReport {
        damages = List.copyOf(damages);
        lostCommits = List.copyOf(lostCommits);
        keys = List.copyOf(keys);
        repairs = List.copyOf(repairs);
    }

    /** Returns whether nothing was lost, and the new store has everything that the old one had. */
    public boolean isComplete() {
        return damages.isEmpty() && repairs.isEmpty();
    }

    /**
     * A part of a file that could not be used.
     *
     * @param from the first byte
     * @param to the end, exclusive; -1 for a whole file that is missing
     */
    public record Damage(String file, long from, long to, String description) {}

    /** A range of sequences from first to last, both included. */
    public record SequenceRange(long first, long last) {}

    /**
     * A key that is known to be affected.
     *
     * @param tree the collection or keyspace
     * @param key the id of the document, or the key of the entry, as text
     */
    public record HitKey(@Nullable String tree, String key, Fate fate) {}

    /** What happened to a key. */
    public enum Fate {
        /** Its newest version cannot be read, and there is no other. */
        LOST,
        /** Its newest version cannot be read; an older one was used. */
        OLDER_VERSION,
        /** It was in a damaged part of the log, but is itself intact; it was used. */
        FROM_DAMAGED_PART
    }
}
