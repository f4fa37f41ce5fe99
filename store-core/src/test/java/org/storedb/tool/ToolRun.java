package org.storedb.tool;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.storedb.internal.io.Interruption;

/** Calls of the tool in this process; keeps what the latest one wrote. */
final class ToolRun {

    private final ByteArrayOutputStream results = new ByteArrayOutputStream();
    private final ByteArrayOutputStream messages = new ByteArrayOutputStream();
    private final Map<String, String> variables = new HashMap<>();
    private final AtomicLong nanos = new AtomicLong();
    private final Interruption interruption = new Interruption();
    private long nanosPerLook;
    private Runnable onLook = () -> {};

    /** Sets an environment variable of later calls. */
    void set(String variable, String value) {
        variables.put(variable, value);
    }

    /** Makes time pass in later calls whenever they look at the clock, which otherwise stands still. */
    void letTimePass(long nanosBetweenLooks) {
        nanosPerLook = nanosBetweenLooks;
    }

    /** Sets what happens in later calls whenever they look at the clock, as they do when they make progress. */
    void onLook(Runnable action) {
        onLook = action;
    }

    /** Returns what ends later calls as Ctrl-C does. */
    Interruption interruption() {
        return interruption;
    }

    /** Runs the tool; paths are given as they are. */
    ExitStatus run(Object... words) {
        results.reset();
        messages.reset();
        Console console = new Console(
                new PrintStream(results, true, UTF_8),
                new PrintStream(messages, true, UTF_8),
                variables,
                () -> {
                    onLook.run();
                    return nanos.addAndGet(nanosPerLook);
                },
                interruption);
        return new StoreTool(console)
                .run(List.of(words).stream().map(String::valueOf).toList());
    }

    /** Returns what the latest call wrote to standard output. */
    String results() {
        return results.toString(UTF_8);
    }

    /** Returns what the latest call wrote to standard error. */
    String messages() {
        return messages.toString(UTF_8);
    }
}
