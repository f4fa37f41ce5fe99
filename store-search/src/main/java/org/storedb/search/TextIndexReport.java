package org.storedb.search;

import java.util.List;

/**
 * The result of a verification.
 *
 * @param documents how many documents were compared with the index
 * @param problems the first hundred problems; empty if the index is sound
 */
public record TextIndexReport(long documents, List<String> problems) {

    public TextIndexReport {
        problems = List.copyOf(problems);
    }

    public boolean isSound() {
        return problems.isEmpty();
    }
}
