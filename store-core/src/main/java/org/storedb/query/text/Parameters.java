package org.storedb.query.text;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.storedb.error.InvalidQueryException;

/**
 * The parameters of a query, and the values they require.
 *
 * @param names each once; the numbers from 1 if positional
 */
record Parameters(List<String> names, boolean isPositional) {

    Parameters {
        names = List.copyOf(names);
    }

    Arguments byName(Map<String, ? extends @Nullable Object> given) {
        if (isPositional) {
            throw new InvalidQueryException(
                    "The query numbers its parameters, " + listed(names) + ": give their values in order, not by name");
        }
        List<String> unknown = new ArrayList<>(given.keySet());
        unknown.removeAll(names);
        if (!unknown.isEmpty()) {
            throw new InvalidQueryException("The query has no parameter " + listed(unknown) + "; it has "
                    + (names.isEmpty() ? "none" : listed(names)));
        }
        Map<String, @Nullable Object> values = new LinkedHashMap<>(given);
        requireAll(values);
        return new Arguments(values);
    }

    Arguments byPosition(@Nullable Object[] given) {
        if (!isPositional && given.length > 0) {
            throw new InvalidQueryException(
                    names.isEmpty()
                            ? "The query has no parameters, but " + counted(given.length)
                            : "The query names its parameters, " + listed(names) + ": give a map of their values");
        }
        if (given.length > names.size()) {
            throw new InvalidQueryException("The query has only " + listed(names) + ", but " + counted(given.length));
        }
        Map<String, @Nullable Object> values = new LinkedHashMap<>();
        for (int index = 0; index < given.length; index++) {
            values.put(names.get(index), given[index]);
        }
        requireAll(values);
        return new Arguments(values);
    }

    private void requireAll(Map<String, @Nullable Object> values) {
        List<String> missing = new ArrayList<>(names);
        missing.removeAll(values.keySet());
        if (!missing.isEmpty()) {
            throw new InvalidQueryException("The query needs a value for " + listed(missing));
        }
    }

    private String listed(List<String> listed) {
        return String.join(
                ", ",
                listed.stream().map(name -> (isPositional ? "?" : ":") + name).toList());
    }

    private static String counted(int values) {
        return values == 1 ? "1 value is given" : values + " values are given";
    }
}
