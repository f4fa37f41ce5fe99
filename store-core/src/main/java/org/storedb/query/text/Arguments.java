package org.storedb.query.text;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The complete values of all parameters. */
record Arguments(Map<String, @Nullable Object> values) {

    /** The arguments of a text without parameters. */
    static final Arguments NONE = new Arguments(Map.of());

    @Nullable
    Object valueOf(String name) {
        return values.get(name);
    }
}
