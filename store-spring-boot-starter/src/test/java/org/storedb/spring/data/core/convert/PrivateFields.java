package org.storedb.spring.data.core.convert;

import org.jspecify.annotations.Nullable;

/** An entity with private members only. */
@SuppressWarnings("UnusedVariable") // read by the mapping
final class PrivateFields {

    private String id = "1";
    private int number = 3;
    private boolean truth = true;
    private @Nullable String none;
    private String text = "kept";

    private PrivateFields() {}

    static PrivateFields make() {
        return new PrivateFields();
    }
}
