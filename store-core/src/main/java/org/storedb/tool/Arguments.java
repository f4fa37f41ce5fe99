package org.storedb.tool;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The arguments and options that a command was given. */
final class Arguments {

    private static final Pattern TIME = Pattern.compile("(\\d{1,9})(ms|s|m|h)");
    private static final Duration TIME_MOST = Duration.ofDays(1);
    private static final Pattern NUMBER = Pattern.compile("\\d{1,9}");

    private final Usage usage;
    private final List<String> values = new ArrayList<>();
    private final Map<Option, List<String>> options = new EnumMap<>(Option.class);

    private Arguments(Usage usage) {
        this.usage = usage;
    }

    /**
     * Parses what follows the name of a command.
     *
     * @throws ToolException if that is not what the command takes
     */
    static Arguments parse(Usage usage, List<String> words) {
        Arguments arguments = new Arguments(usage);
        Iterator<String> rest = words.iterator();
        while (rest.hasNext()) {
            String word = rest.next();
            if (word.equals("--")) {
                rest.forEachRemaining(arguments.values::add);
            } else if (word.startsWith("-")) {
                arguments.addOption(word, rest);
            } else {
                arguments.values.add(word);
            }
        }
        arguments.requireComplete();
        return arguments;
    }

    private void addOption(String word, Iterator<String> rest) {
        int equals = word.indexOf('=');
        String label = equals < 0 ? word : word.substring(0, equals);
        Option option = usage.options().stream()
                .filter(known -> known.label().equals(label))
                .findFirst()
                .orElseThrow(() -> wrong("has no option " + label));
        if (options.containsKey(option) && !option.isRepeatable()) {
            throw wrong("takes " + label + " only once");
        }
        String value = "";
        if (option.hasValue()) {
            if (equals < 0 && !rest.hasNext()) {
                throw wrong("needs a value: " + option.form());
            }
            value = equals < 0 ? rest.next() : word.substring(equals + 1);
        } else if (equals >= 0) {
            throw wrong("takes no value with " + label);
        }
        options.computeIfAbsent(option, first -> new ArrayList<>()).add(value);
    }

    private void requireComplete() {
        List<String> parameters = usage.parameters();
        if (values.size() < parameters.size()) {
            throw wrong("needs " + parameters.get(values.size()));
        }
        if (values.size() > parameters.size()) {
            throw wrong("has no use for '" + values.get(parameters.size()) + "'");
        }
        for (int i = 0; i < values.size(); i++) {
            if (values.get(i).isBlank()) {
                throw wrong("needs " + parameters.get(i) + ", which is empty");
            }
        }
    }

    /** Returns the argument for a parameter. */
    Path path(String parameter) {
        return path(parameter, values.get(usage.parameters().indexOf(parameter)));
    }

    /** Returns the value of an option, or {@code null} if it was not given. */
    @Nullable
    Path path(Option option) {
        String value = value(option);
        return value == null ? null : path(option.label(), value);
    }

    private Path path(String what, String value) {
        try {
            return Path.of(value);
        } catch (InvalidPathException e) {
            throw wrong("cannot use " + what + ": " + e.getMessage());
        }
    }

    /** Returns the time that was given, or 0. */
    Duration time(Option option) {
        String value = value(option);
        if (value == null) {
            return Duration.ZERO;
        }
        Matcher time = TIME.matcher(value);
        if (!time.matches()) {
            throw wrong("needs a time such as 500ms, 30s, 5m or 1h for " + option.label() + ", not '" + value + "'");
        }
        long amount = Long.parseLong(time.group(1));
        Duration result = switch (time.group(2)) {
            case "ms" -> Duration.ofMillis(amount);
            case "s" -> Duration.ofSeconds(amount);
            case "m" -> Duration.ofMinutes(amount);
            default -> Duration.ofHours(amount);
        };
        if (result.compareTo(TIME_MOST) > 0) {
            throw wrong("takes at most " + TIME_MOST.toHours() + "h for " + option.label());
        }
        return result;
    }

    /** Returns the number that was given, or {@code null}. */
    @Nullable
    Integer number(Option option) {
        String value = value(option);
        if (value != null && !NUMBER.matcher(value).matches()) {
            throw wrong("needs a number for " + option.label() + ", not '" + value + "'");
        }
        return value == null ? null : Integer.valueOf(value);
    }

    boolean has(Option option) {
        return options.containsKey(option);
    }

    /** Returns the values of an option that may be given several times. */
    List<String> values(Option option) {
        return options.getOrDefault(option, List.of());
    }

    private @Nullable String value(Option option) {
        List<String> given = values(option);
        return given.isEmpty() ? null : given.get(0);
    }

    /** Returns the exception for a wrong call; {@code how} ends a sentence that begins with the command. */
    private ToolException wrong(String how) {
        return ToolException.wrongUsage("'" + usage.name() + "' " + how + ". Usage: " + usage.line());
    }
}
