package org.storedb.tool;

import java.nio.file.Path;
import java.util.List;
import org.storedb.StoreSalvage;
import org.storedb.maintenance.SalvageReport;
import org.storedb.maintenance.SalvageReport.Damage;
import org.storedb.maintenance.SalvageReport.Fate;
import org.storedb.maintenance.SalvageReport.HitKey;

/** Creates a store from what can be read of a damaged one. */
final class SalvageCommand implements Command {

    @Override
    public Usage usage() {
        return new Usage(
                "salvage",
                List.of("DIR", "TARGET"),
                Keys.OPTIONS,
                "creates a store from what can be read of a damaged one",
                """
                The last resort: restore a backup if there is one. DIR is only read; TARGET is a new or empty
                directory. The report says what was lost, and how many records are doubtful because a newer
                version or a delete may have been lost. Affected keys are listed if they are lost or have an older
                version now, but not if they were in a damaged part and are intact.

                The exit status is 1 if anything was lost, although TARGET has a sound store then.
                """);
    }

    @Override
    public ExitStatus run(Arguments arguments, Console console) {
        Path target = arguments.path("TARGET");
        SalvageReport report = StoreSalvage.run(
                arguments.path("DIR"), target, StoreOpener.options(arguments, console), console.progress());
        show(report, console);
        console.result("salvaged-to", target.toAbsolutePath());
        return report.isComplete() ? ExitStatus.OK : ExitStatus.FAILED;
    }

    private static void show(SalvageReport report, Console console) {
        console.result("segments", report.segments());
        console.result("records", report.records());
        console.result("doubtful-records", report.doubtfulRecords());
        console.result("damages", report.damages().size());
        report.damages().forEach(damage -> console.result("damage " + part(damage), damage.description()));
        report.lostCommits()
                .forEach(commits -> console.result("lost-commits", commits.first() + " to " + commits.last()));
        console.result("affected-keys", report.keyCount());
        report.keys().stream()
                .filter(key -> key.fate() != Fate.FROM_DAMAGED_PART)
                .forEach(key -> show(key, console));
        if (report.keyCount() > report.keys().size()) {
            console.message("Only the first " + report.keys().size() + " affected keys are known one by one");
        }
        report.repairs().forEach(repair -> console.result("repair", repair));
        console.result("result", report.isComplete() ? "complete" : "incomplete");
    }

    private static String part(Damage damage) {
        return damage.to() < 0 ? damage.file() : damage.file() + " " + damage.from() + "-" + damage.to();
    }

    private static void show(HitKey key, Console console) {
        console.result(Console.nameOf(key.fate()), key.tree() == null ? key.key() : key.tree() + " " + key.key());
    }
}
