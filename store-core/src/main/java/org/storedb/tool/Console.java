package org.storedb.tool;

import java.io.PrintStream;
import java.util.Locale;
import java.util.Map;
import java.util.function.LongSupplier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.storedb.internal.io.Environment;
import org.storedb.internal.io.Interruption;

/**
 * What a command has of its process: where it writes results and messages, environment variables, a clock, and whether
 * the process is to end.
 */
final class Console {

    private static final Pattern CONTROL_CHARACTERS = Pattern.compile("\\p{Cc}+");

    private final PrintStream results;
    private final PrintStream messages;
    private final Map<String, String> variables;
    private final LongSupplier nanoTicker;
    private final Interruption interruption;

    Console(
            PrintStream results,
            PrintStream messages,
            Map<String, String> variables,
            LongSupplier nanoTicker,
            Interruption interruption) {
        this.results = results;
        this.messages = messages;
        this.variables = variables;
        this.nanoTicker = nanoTicker;
        this.interruption = interruption;
    }

    /** Returns the console of this process. */
    static Console ofProcess(Interruption interruption) {
        return new Console(
                System.out,
                System.err,
                System.getenv(),
                Environment.withoutTasks().nanoTicker(),
                interruption);
    }

    /** Writes a result: a line with a name and a value. */
    void result(String name, Object value) {
        results.println(oneLine(name + ": " + value));
    }

    /** Returns the name of a constant as results have it: in lower case, with hyphens. */
    static String nameOf(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** Writes text for which the operator has asked. */
    void page(String text) {
        results.print(text);
    }

    /** Returns whether some of the results could not be written, as on a full disk or to a process that has ended. */
    boolean hasLostResults() {
        return results.checkError();
    }

    /** Writes a message for the operator. */
    void message(String text) {
        messages.println(oneLine(text));
    }

    /** Returns an environment variable, or {@code null} if it is not set. */
    @Nullable
    String variable(String name) {
        return variables.get(name);
    }

    /** Returns a monitor that writes the progress of long work as messages, and cancels it if the process is to end. */
    Progress progress() {
        return new Progress(this, nanoTicker, interruption);
    }

    /** Keys of documents, which messages may contain, can have line breaks and worse in them. */
    private static String oneLine(String text) {
        return CONTROL_CHARACTERS.matcher(text).replaceAll(" ");
    }
}
