package org.storedb.benchmark;

import java.io.IOException;
import java.util.Arrays;
import org.storedb.benchmark.document.PlaceQueries;
import org.storedb.benchmark.runner.ApplicationProcess;
import org.storedb.benchmark.runner.CommitCost;
import org.storedb.benchmark.runner.EngineProcess;
import org.storedb.benchmark.runner.EntityCost;
import org.storedb.benchmark.runner.Repositories;
import org.storedb.benchmark.runner.SideBySide;

/** The command line: selects the runner by the first argument. */
public final class Benchmarks {

    private Benchmarks() {}

    /** Runs the selected command; exits with 1 if the arguments make no sense. */
    public static void main(String[] arguments) throws IOException {
        String command = arguments.length == 0 ? "" : arguments[0];
        String[] rest = arguments.length == 0 ? arguments : Arrays.copyOfRange(arguments, 1, arguments.length);
        try {
            switch (command) {
                case "side-by-side" -> SideBySide.run(rest);
                case Repositories.COMMAND -> Repositories.run(rest);
                case EngineProcess.COMMAND -> EngineProcess.run(rest);
                case ApplicationProcess.COMMAND -> ApplicationProcess.run(rest);
                case CommitCost.COMMAND -> CommitCost.run(rest);
                case EntityCost.COMMAND -> EntityCost.run();
                case PlaceQueries.COMMAND -> PlaceQueries.run(rest);
                case "jmh" -> org.openjdk.jmh.Main.main(rest);
                default -> throw new IllegalArgumentException("There is no command '" + command + "'");
            }
        } catch (IllegalArgumentException e) {
            System.err.println(e.getMessage());
            System.err.println("Usage: java -jar benchmarks.jar side-by-side [options]   compares engines");
            System.err.println("       java -jar benchmarks.jar repositories [options]   compares Spring repositories");
            System.err.println(
                    "       java -jar benchmarks.jar jmh [JMH options]        measures the parts of StoreDB");
            System.err.println("       java -jar benchmarks.jar commit-cost " + CommitCost.ARGUMENTS
                    + "   measures what a commit costs its thread");
            System.err.println("       java -jar benchmarks.jar " + EntityCost.COMMAND
                    + "                compares writing and reading an entity with Smile");
            System.err.println("       java -jar benchmarks.jar place-queries " + PlaceQueries.ARGUMENTS
                    + "   compares the cost of queries with the planner's estimates");
            System.err.println(SideBySide.OPTIONS);
            System.err.println(Repositories.OPTIONS);
            System.exit(1);
        }
    }
}
