package org.storedb.tool;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * How a command is called, and what it does.
 *
 * @param parameters names of its arguments, all of which are required
 * @param summary what it does in a few words
 * @param details the rest of what an operator has to know
 */
record Usage(String name, List<String> parameters, List<Option> options, String summary, String details) {

    /** Returns the command with its parameters. */
    String call() {
        return Stream.concat(Stream.of(name), parameters.stream()).collect(Collectors.joining(" "));
    }

    /** Returns the command with its parameters and options. */
    String line() {
        return options.stream().map(option -> " [" + option.form() + "]").collect(Collectors.joining("", call(), ""));
    }

    /** Returns a page about the command. */
    String help() {
        StringBuilder page = new StringBuilder();
        page.append("Usage: ").append(line()).append("\n\n");
        page.append(name).append(' ').append(summary).append(".\n\n");
        page.append(details);
        if (!options.isEmpty()) {
            page.append("\nOptions:\n");
            options.forEach(option -> page.append(String.format("  %-22s %s%n", option.form(), option.summary())));
        }
        return page.toString();
    }
}
