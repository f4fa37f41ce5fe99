package org.storedb.search;

import java.util.List;

/**
 * What a verification found.
 *
 * @param documents how many documents were compared with the index
 * @param problems what is wrong, the first hundred; empty if the index is sound
 */
public record TextIndexReport(long documents, List<String> problems) {

    public TextIndexReport {
        problems = List.copyOf(problems);
    }

    public boolean isSound() {
        return problems.isEmpty();
    }
}
