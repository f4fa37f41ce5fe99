package org.storedb.tool;

import java.util.List;
import org.storedb.Store;
import org.storedb.maintenance.StoreProblem;
import org.storedb.maintenance.VerificationReport;

/** Verifies a store. */
final class VerifyCommand implements Command {

    @Override
    public Usage usage() {
        return new Usage(
                "verify",
                List.of("DIR"),
                List.of(Option.KEYS, Option.ENCRYPT_EXISTING, Option.OPEN_TIMEOUT),
                "reads a whole store and reports damage",
                """
                It opens the store as its application does, which completes the recovery after a crash, and
                compares log, records and indexes. Nothing is repaired. While the application runs, use its
                actuator endpoint 'storeverification' instead.
                """);
    }

    @Override
    public ExitStatus run(Arguments arguments, Console console) {
        try (Store store = StoreOpener.open(arguments.path("DIR"), arguments, console)) {
            VerificationReport report = store.verify(console.progress());
            show(report, console);
            if (!isDamaged(report)) {
                return ExitStatus.OK;
            }
        }
        console.message(Advice.ON_DAMAGE);
        return ExitStatus.FAILED;
    }

    /** Problems that are not listed count as damage. */
    private static boolean isDamaged(VerificationReport report) {
        return report.hasDamage() || report.problemCount() > report.problems().size();
    }

    private static void show(VerificationReport report, Console console) {
        console.result("last-commit", report.sequence());
        console.result("segments", report.segments());
        console.result("bytes", report.bytes());
        console.result("records", report.records());
        console.result("index-entries", report.indexEntries());
        console.result("problems", report.problemCount());
        for (StoreProblem problem : report.problems()) {
            console.result("problem " + Console.nameOf(problem.kind()), problem.description());
        }
        console.result("result", isDamaged(report) ? "damaged" : "sound");
    }
}
