package org.storedb.internal.integrity;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.storedb.internal.document.KeyNames;
import org.storedb.maintenance.StoreProblem;
import org.storedb.maintenance.StoreProblem.Kind;
import org.storedb.maintenance.VerificationReport;

/** Collects problems: counts all, keeps the first. For one thread. */
final class Problems {

    private final List<StoreProblem> kept = new ArrayList<>();
    private final Set<Integer> damagedSegments = new HashSet<>();
    private long count;

    void add(StoreProblem problem) {
        count++;
        if (kept.size() < VerificationReport.PROBLEMS_MAX) {
            kept.add(problem);
        }
    }

    /** Adds a problem of a part of a segment, which makes it unknown what the part contained. */
    void addDamage(Kind kind, int segmentId, String file, long offset, String description) {
        damagedSegments.add(segmentId);
        add(StoreProblem.ofFile(kind, file, offset, description));
    }

    /** Adds a problem of one key. */
    void add(Kind kind, @Nullable String file, long offset, KeyNames.Name name, String description) {
        add(new StoreProblem(kind, file, offset, name.tree(), name.key(), description));
    }

    boolean isDamaged(int segmentId) {
        return damagedSegments.contains(segmentId);
    }

    /** Returns whether a part of the log could not be read. */
    boolean isLogDamaged() {
        return !damagedSegments.isEmpty();
    }

    long count() {
        return count;
    }

    List<StoreProblem> kept() {
        return List.copyOf(kept);
    }
}
