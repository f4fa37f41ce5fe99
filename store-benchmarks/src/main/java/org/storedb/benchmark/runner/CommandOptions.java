package org.storedb.benchmark.runner;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/** Options of a command line, each a {@code --name} followed by its value. */
final class CommandOptions {

    private final Map<String, String> values = new LinkedHashMap<>();

    private CommandOptions() {}

    /** Parses options, of which only the {@code known} ones are allowed. */
    static CommandOptions parse(String[] arguments, Set<String> known) {
        CommandOptions options = new CommandOptions();
        for (int i = 0; i < arguments.length; i += 2) {
            String name = arguments[i].startsWith("--") ? arguments[i].substring(2) : "";
            if (!known.contains(name)) {
                throw new IllegalArgumentException("Unknown option '" + arguments[i] + "'");
            }
            if (i + 1 == arguments.length) {
                throw new IllegalArgumentException("Option --" + name + " needs a value");
            }
            options.values.put(name, arguments[i + 1]);
        }
        return options;
    }

    String text(String name, String fallback) {
        return values.getOrDefault(name, fallback);
    }

    /** Returns values separated by commas; empty if the option is absent. */
    List<String> list(String name) {
        String text = values.getOrDefault(name, "");
        return Arrays.stream(text.split(",")).filter(item -> !item.isBlank()).toList();
    }

    /** Returns the elements with the ids in a list; all if the option is absent. */
    <T> List<T> chosen(String name, T[] all, Function<String, T> byId) {
        List<String> ids = list(name);
        return ids.isEmpty() ? List.of(all) : ids.stream().map(byId).toList();
    }

    long positiveLong(String name, long fallback) {
        return (long) positive(name, (double) fallback);
    }

    double positive(String name, double fallback) {
        String text = values.get(name);
        double value;
        try {
            value = text == null ? fallback : Double.parseDouble(text);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("Option --" + name + " needs a number, not '" + text + "'", e);
        }
        if (!(value > 0)) {
            throw new IllegalArgumentException("Option --" + name + " must be positive, not " + text);
        }
        return value;
    }
}
