package org.storedb.internal.integrity;

import java.util.BitSet;
import java.util.HashSet;
import java.util.Set;
import org.storedb.internal.bytes.ByteKey;
import org.storedb.internal.document.KeyNames;
import org.storedb.internal.index.CountedTree;
import org.storedb.internal.index.Presence;
import org.storedb.internal.index.TreeCursor;
import org.storedb.internal.log.RecordExpiry;
import org.storedb.internal.transaction.ExpiredRecord;
import org.storedb.internal.transaction.Expiries;
import org.storedb.maintenance.StoreProblem;
import org.storedb.maintenance.StoreProblem.Kind;

/** Compares the expiries of one tree with its records, in both directions: one bit for each that expires. */
final class ExpiryCheck {

    private final Expiries expiries;
    private final int treeId;
    private final CountedTree<Presence> upcoming;
    private final KeyNames names;
    private final Problems problems;
    private final BitSet found;
    private final Set<ByteKey> skipped = new HashSet<>();

    /**
     * Creates a check.
     *
     * @param expiries the upcoming ones, including those of the records that were set aside
     */
    ExpiryCheck(Expiries expiries, int treeId, KeyNames names, Problems problems) {
        this.expiries = expiries;
        this.treeId = treeId;
        this.upcoming = expiries.upcoming().get(treeId);
        this.names = names;
        this.problems = problems;
        this.found = new BitSet(Math.toIntExact(upcoming.size()));
    }

    /** Looks for the entry of a record. */
    void check(byte[] key, RecordExpiry expiry) {
        ExpiredRecord expired = expiries.findExpired(treeId, key);
        if (expired != null && expired.expiryMillis() != expiry.millis()) {
            report(Kind.EXTRA_INDEX_ENTRY, key, "The expiries list %s as expired, which it is not");
        }
        if (expiry.isNever()) {
            return;
        }
        byte[] entry = Expiries.entryKey(expiry.millis(), key);
        if (upcoming.contains(entry)) {
            found.set(Math.toIntExact(upcoming.rank(entry)));
        } else {
            report(Kind.MISSING_INDEX_ENTRY, key, "The expiries have no entry for %s");
        }
    }

    /** Notes that a record could not be read, so that its entry is not considered wrong. */
    void skip(byte[] key) {
        skipped.add(new ByteKey(key));
    }

    /** Looks for entries without a record. */
    void finish() {
        for (int rank = found.nextClearBit(0); rank < upcoming.size(); rank = found.nextClearBit(rank + 1)) {
            TreeCursor<Presence> cursor = upcoming.cursorAt(rank);
            cursor.next();
            byte[] key = Expiries.recordKey(cursor.key());
            if (!skipped.contains(new ByteKey(key))) {
                report(Kind.EXTRA_INDEX_ENTRY, key, "The expiries have an entry that does not match %s");
            }
        }
    }

    private void report(Kind kind, byte[] key, String what) {
        KeyNames.Name name = names.of(treeId, key);
        problems.add(StoreProblem.ofKey(kind, name.tree(), name.key(), String.format(what, name)));
    }
}
