package org.storedb.tool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.storedb.tool.ToolStores.ORDERS;
import static org.storedb.tool.ToolStores.damage;
import static org.storedb.tool.ToolStores.files;
import static org.storedb.tool.ToolStores.firstSegment;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.storedb.Store;
import org.storedb.crash.ChildJvm;
import org.storedb.query.Filter;
import org.storedb.query.Query;

/** Each command on directories as operators have them: sound, damaged, in use, missing, and already taken. */
class StoreToolTests {

    private static final long MANY_NANOS = TimeUnit.NANOSECONDS.convert(Duration.ofMinutes(1));

    private final ToolRun tool = new ToolRun();

    @TempDir
    Path folder;

    @Test
    void infoShowsWhatIsInAStoreThatIsInUse() throws IOException {
        Path directory = createStore();
        try (Store store = Store.open(directory, ToolStores.OPTIONS)) {
            Map<String, String> before = files(directory);

            assertThat(tool.run("info", directory)).isEqualTo(ExitStatus.OK);

            assertThat(tool.results())
                    .contains("id: " + store.stats().id(), "encryption-keys: none\n")
                    .containsPattern("(?m)^collection orders: 400 documents, \\d+ live bytes$")
                    .containsPattern("(?m)^index orders \\S+: 400 entries, on customer$")
                    .containsPattern("(?m)^keyspace cache: 1 entries, \\d+ live bytes$");
            assertThat(tool.messages()).isEmpty();
            assertThat(files(directory)).isEqualTo(before);
        }
    }

    @Test
    void soundStoreIsVerified() {
        Path directory = createStore();

        assertThat(tool.run("verify", directory)).isEqualTo(ExitStatus.OK);

        assertThat(tool.results()).contains("records: ", "problems: 0\n").endsWith("result: sound\n");
        assertThat(tool.messages()).isEmpty();
        assertThat(ToolStores.countOrders(directory)).isEqualTo(ORDERS);
    }

    @Test
    void damageThatAnOpenDoesNotReadIsFound() throws IOException {
        Path directory = ToolStores.create(folder.resolve("store"), ToolStores.WITH_CHECKPOINT);
        damage(firstSegment(directory));

        assertThat(tool.run("verify", directory)).isEqualTo(ExitStatus.FAILED);

        assertThat(tool.results())
                .containsPattern("(?m)^problem damaged-record: .*segment-0000000001.log.*$")
                .endsWith("result: damaged\n");
        assertThat(tool.messages()).contains("'restore'", "'salvage'");
    }

    @ParameterizedTest
    @ValueSource(strings = {"info", "verify", "backup", "export"})
    void damageThatPreventsOpeningIsExplained(String command) throws IOException {
        Path directory = createStore();
        damage(firstSegment(directory));

        assertThat(tool.run(command(command, directory))).isEqualTo(ExitStatus.FAILED);

        assertThat(tool.results()).isEmpty();
        assertThat(tool.messages()).contains("segment-0000000001.log is damaged", "'restore'", "'salvage'");
        assertThat(target()).doesNotExist();
    }

    @ParameterizedTest
    @ValueSource(strings = {"verify", "backup", "salvage"})
    void storeInUseIsLeftAlone(String command) {
        Path directory = createStore();
        try (Store store = Store.open(directory, ToolStores.OPTIONS)) {
            assertThat(tool.run(command(command, directory))).isEqualTo(ExitStatus.FAILED);

            assertThat(tool.messages()).contains("is already open");
            assertThat(tool.messages().contains("'storebackup'")).isEqualTo(!command.equals("salvage"));
            assertThat(target()).doesNotExist();
            assertThat(store.collection("orders").count()).isEqualTo(ORDERS);
        }
    }

    @Test
    void storeInUseIsWaitedFor() {
        Path directory = createStore();
        Store store = Store.open(directory, ToolStores.OPTIONS);
        CompletableFuture<Void> closed =
                CompletableFuture.runAsync(store::close, CompletableFuture.delayedExecutor(200, TimeUnit.MILLISECONDS));

        assertThat(tool.run("verify", "--open-timeout", "60s", directory)).isEqualTo(ExitStatus.OK);

        closed.join();
    }

    @Test
    void backupsAreTakenListedVerifiedAndRestored() {
        Path directory = createStore();
        Path backups = folder.resolve("backups");
        assertThat(tool.run("backup", directory, backups)).isEqualTo(ExitStatus.OK);
        try (Store store = Store.open(directory, ToolStores.OPTIONS)) {
            store.collection("orders").insert(Map.of("id", "late"));
        }
        assertThat(tool.run("backup", directory, backups)).isEqualTo(ExitStatus.OK);
        assertThat(tool.results()).matches("backup 2: taken at \\S+, commit \\d+, \\d+ segments, .*\n");
        assertThat(tool.run("backup", "--full", directory, backups)).isEqualTo(ExitStatus.OK);

        assertThat(tool.run("backups", backups)).isEqualTo(ExitStatus.OK);
        assertThat(tool.results().lines().map(line -> line.substring(0, "backup 1:".length())))
                .containsExactly("backup 1:", "backup 2:", "backup 3:");
        assertThat(tool.run("verify-backup", backups)).isEqualTo(ExitStatus.OK);
        assertThat(tool.results()).startsWith("backup 3:").endsWith("result: sound\n");

        assertThat(tool.run("restore", backups, folder.resolve("latest"))).isEqualTo(ExitStatus.OK);
        assertThat(ToolStores.countOrders(folder.resolve("latest"))).isEqualTo(ORDERS + 1);
        assertThat(tool.run("restore", "--number=1", backups, folder.resolve("first")))
                .isEqualTo(ExitStatus.OK);
        assertThat(ToolStores.countOrders(folder.resolve("first"))).isEqualTo(ORDERS);
    }

    @Test
    void damagedBackupIsNotRestored() throws IOException {
        Path backups = createBackups();
        damage(backups.resolve("backup-0000000002-segment-0000000001-0000000000"));

        assertThat(tool.run("verify-backup", backups)).isEqualTo(ExitStatus.FAILED);
        assertThat(tool.messages()).contains("'backups' lists the complete backups", "--number N");
        assertThat(tool.run("restore", backups, target())).isEqualTo(ExitStatus.FAILED);
        assertThat(target()).doesNotExist();
        assertThat(tool.run("restore", backups, target(), "--number", "1")).isEqualTo(ExitStatus.OK);
        assertThat(tool.run("restore", backups, folder.resolve("other"), "--number", "7"))
                .isEqualTo(ExitStatus.FAILED);
        assertThat(tool.messages()).contains("no complete backup 7", "[1, 2]");
    }

    @Test
    void damagedManifestOfAnOlderBackupIsToldAndDoesNotPreventTheLatest() throws IOException {
        Path backups = createBackups();
        damage(backups.resolve("backup-0000000001.manifest"));

        assertThat(tool.run("verify-backup", backups)).isEqualTo(ExitStatus.OK);
        assertThat(tool.results()).startsWith("backup 2:").endsWith("result: sound\n");
        assertThat(tool.messages()).startsWith("Warning: ").contains("backup-0000000001.manifest is damaged");
        assertThat(tool.run("restore", backups, target())).isEqualTo(ExitStatus.OK);
        assertThat(ToolStores.countOrders(target())).isEqualTo(ORDERS);

        damage(backups.resolve("backup-0000000002.manifest"));
        assertThat(tool.run("restore", backups, folder.resolve("other"))).isEqualTo(ExitStatus.FAILED);
        assertThat(tool.messages()).contains("backup-0000000002.manifest is damaged");
        assertThat(folder.resolve("other")).doesNotExist();
    }

    @Test
    void backupsAreListedBesideDamagedOnes() throws IOException {
        Path backups = createBackups();
        damage(backups.resolve("backup-0000000002.manifest"));

        assertThat(tool.run("backups", backups)).isEqualTo(ExitStatus.FAILED);

        assertThat(tool.results()).startsWith("backup 1:").doesNotContain("backup 2:");
        assertThat(tool.messages()).contains("backup-0000000002.manifest is damaged");
        assertThat(tool.run("restore", "--number", "1", backups, target())).isEqualTo(ExitStatus.OK);
    }

    @Test
    void directoryWithoutBackupsIsNamed() throws IOException {
        Path empty = Files.createDirectory(folder.resolve("empty"));
        for (String command : new String[] {"backups", "verify-backup", "restore"}) {
            assertThat(tool.run(command(command, empty))).isEqualTo(ExitStatus.FAILED);
            assertThat(tool.messages()).contains("no complete backup in " + empty);
        }
        Path store = createStore();
        assertThat(tool.run("backups", store)).isEqualTo(ExitStatus.FAILED);
        assertThat(tool.messages()).contains("is not a backup directory");
    }

    @Test
    void damagedStoreIsSalvagedAndTheLossReported() throws IOException {
        Path directory = createStore();
        damage(firstSegment(directory));
        Map<String, String> before = files(directory);
        Path target = target();

        assertThat(tool.run("salvage", directory, target)).isEqualTo(ExitStatus.FAILED);

        assertThat(tool.results())
                .containsPattern("(?m)^damage segment-0000000001.log \\d+-\\d+: .+$")
                .containsPattern("(?m)^doubtful-records: [1-9]\\d*$")
                .contains("result: incomplete\n", "salvaged-to: " + target);
        assertThat(files(directory)).isEqualTo(before);
        assertThat(ToolStores.countOrders(target)).isBetween(ORDERS - 20L, ORDERS - 1L);
        assertThat(tool.run("verify", target)).isEqualTo(ExitStatus.OK);
    }

    @Test
    void lostKeysAreListedWithoutTheIntactOnesBesideThem() throws IOException {
        Path directory = folder.resolve("store");
        try (Store store = Store.open(directory, ToolStores.OPTIONS)) {
            store.runInTransaction(transaction -> {
                for (int i = 0; i < 3; i++) {
                    transaction.collection("orders").insert(Map.of("id", i, "note", "n".repeat(2_000)));
                }
            });
            store.collection("orders").insert(Map.of("id", "later"));
        }
        damage(firstSegment(directory));

        assertThat(tool.run("salvage", directory, target())).isEqualTo(ExitStatus.FAILED);

        assertThat(tool.results()).contains("affected-keys: 3\n").doesNotContain("from-damaged-part");
        assertThat(tool.results().lines().filter(line -> line.startsWith("lost: ")))
                .containsExactly("lost: collection 'orders' 1");
    }

    @Test
    void soundStoreIsSalvagedCompletely() {
        Path directory = createStore();

        assertThat(tool.run("salvage", directory, target())).isEqualTo(ExitStatus.OK);

        assertThat(tool.results()).contains("damages: 0\n", "result: complete\n");
        assertThat(ToolStores.countOrders(target())).isEqualTo(ORDERS);
    }

    @ParameterizedTest
    @ValueSource(strings = {"snapshot", "snapshot.json", "snapshot.jsonl.gz"})
    void storeInUseIsExportedAndImported(String name) {
        Path directory = createStore();
        try (Store store = Store.open(directory, ToolStores.OPTIONS)) {
            assertThat(tool.run("export", directory, folder.resolve(name))).isEqualTo(ExitStatus.OK);
            assertThat(store.isOpen()).isTrue();
        }
        assertThat(tool.results()).contains("documents: 400\n", "entries: 1\n");

        assertThat(tool.run("import", folder.resolve(name), folder.resolve("imported")))
                .isEqualTo(ExitStatus.OK);

        try (Store store = Store.open(folder.resolve("imported"))) {
            assertThat(store.collection("orders").count(Query.where(Filter.eq("customer", "c7"))))
                    .isEqualTo(40);
            assertThat(store.keyspace("cache").count()).isEqualTo(1);
        }
    }

    @Test
    void chosenCollectionsAreExported() {
        Path directory = createStore();
        try (Store store = Store.open(directory, ToolStores.OPTIONS)) {
            store.collection("people").insert(Map.of("id", "ada"));
        }

        assertThat(tool.run("export", directory, folder.resolve("file"), "--collection", "people"))
                .isEqualTo(ExitStatus.OK);
        assertThat(tool.results()).contains("collections: 1\n", "documents: 1\n", "entries: 0\n");

        assertThat(tool.run("export", directory, folder.resolve("none"), "--collection", "people", "--collection=pets"))
                .isEqualTo(ExitStatus.FAILED);
        assertThat(tool.messages()).contains("no collection 'pets'", "[orders, people]");
        assertThat(folder.resolve("none")).doesNotExist();
    }

    @Test
    void whatExistsIsNotOverwritten() throws IOException {
        Path directory = createStore();
        Path backups = folder.resolve("backups");
        tool.run("backup", directory, backups);
        tool.run("export", directory, folder.resolve("snapshot"));
        Path taken = Files.createDirectory(folder.resolve("taken"));
        Path file = Files.writeString(taken.resolve("file"), "mine");

        for (Object[] call : new Object[][] {
            {"backup", directory, taken},
            {"restore", backups, taken},
            {"salvage", directory, taken},
            {"import", folder.resolve("snapshot"), taken},
            {"export", directory, file}
        }) {
            assertThat(tool.run(call)).as(String.valueOf(call[0])).isEqualTo(ExitStatus.FAILED);
            assertThat(tool.messages()).containsPattern("is not empty|is not a backup directory|exists already");
            assertThat(tool.messages()).doesNotContain("--number");
            assertThat(files(taken).keySet()).containsExactly("file");
            assertThat(file).hasContent("mine");
        }
    }

    @Test
    void fileThatAppearsDuringAnExportIsNotOverwritten() {
        Path directory = createStore();
        Path file = folder.resolve("snapshot");
        tool.onLook(() -> create(file));

        assertThat(tool.run("export", directory, file)).isEqualTo(ExitStatus.FAILED);

        assertThat(tool.messages()).contains(file + " exists already");
        assertThat(file).hasContent("mine");
    }

    @ParameterizedTest
    @ValueSource(strings = {"restore", "salvage", "import"})
    void processThatIsInterruptedLeavesNoUnfinishedStore(String command) throws Exception {
        Path source = switch (command) {
            case "restore" -> createBackups();
            case "salvage" -> createStore();
            default -> folder.resolve("snapshot");
        };
        if (command.equals("import")) {
            assertThat(tool.run("export", createStore(), source)).isEqualTo(ExitStatus.OK);
        }
        List<String> before = names(folder);
        List<String> during = new ArrayList<>();
        Thread hook = new Thread(() -> tool.interruption().request());
        tool.onLook(() -> {
            if (during.isEmpty() && names(folder).stream().anyMatch(name -> name.startsWith(".target."))) {
                during.addAll(names(folder));
                hook.start();
                while (!tool.interruption().notice()) {
                    Thread.onSpinWait();
                }
            }
        });

        assertThat(tool.run(command(command, source))).isEqualTo(ExitStatus.FAILED);

        assertThat(tool.messages()).startsWith("Error: ").contains(" was cancelled while ");
        assertThat(during).hasSizeGreaterThan(before.size());
        assertThat(names(folder)).containsExactlyInAnyOrderElementsOf(before);
        assertThat(hook.isAlive()).as("the process lives on until then").isTrue();
        tool.interruption().end();
        hook.join(10_000);
        assertThat(hook.isAlive()).isFalse();
    }

    private static List<String> names(Path directory) {
        try (Stream<Path> files = Files.list(directory)) {
            return files.map(file -> file.getFileName().toString()).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void create(Path file) {
        try {
            Files.writeString(file, "mine");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"info", "verify", "backup", "backups", "verify-backup", "restore", "salvage", "export", "import"
            })
    void missingDirectoryIsNamedAndNotCreated(String command) throws IOException {
        Path missing = folder.resolve("missing");

        assertThat(tool.run(command(command, missing))).isEqualTo(ExitStatus.FAILED);

        assertThat(tool.results()).isEmpty();
        assertThat(tool.messages()).startsWith("Error: ").contains(missing.toString());
        try (Stream<Path> created = Files.list(folder)) {
            assertThat(created).isEmpty();
        }
    }

    @Test
    void noStoreIsCreatedInOtherDirectories() throws IOException {
        Path other = Files.createDirectory(folder.resolve("other"));
        Files.writeString(other.resolve("notes.txt"), "not a store");
        for (String command : new String[] {"info", "verify", "backup", "export", "salvage"}) {
            assertThat(tool.run(command(command, other))).as(command).isEqualTo(ExitStatus.FAILED);
            assertThat(tool.messages()).contains(other.toString());
            assertThat(files(other).keySet()).containsExactly("notes.txt");
        }
    }

    @Test
    void directoryOfBackupsIsNotTakenForAStore() throws IOException {
        Path backups = folder.resolve("backups");
        tool.run("backup", createStore(), backups);
        Map<String, String> before = files(backups);

        assertThat(tool.run("verify", backups)).isEqualTo(ExitStatus.FAILED);

        assertThat(tool.messages()).contains("it has backups", "'verify-backup'");
        assertThat(files(backups)).isEqualTo(before);
    }

    @Test
    void progressOfLongWorkIsShown() {
        Path directory = createStore();
        tool.letTimePass(MANY_NANOS);

        assertThat(tool.run("verify", directory)).isEqualTo(ExitStatus.OK);

        assertThat(tool.messages())
                .containsPattern("(?m)^opening the store, replaying log: \\d+ %$")
                .containsPattern("(?m)^reading the log: \\d+ %$");
        assertThat(tool.results()).doesNotContain("%");
    }

    @Test
    void keysWithLineBreaksStayOnOneLine() throws IOException {
        Path directory = folder.resolve("store");
        try (Store store = Store.open(directory, ToolStores.WITH_CHECKPOINT)) {
            store.collection("orders").insert(Map.of("id", "a\n\u001b[2J", "note", "n".repeat(2_000)));
            store.collection("orders").insert(Map.of("id", "b"));
        }
        damage(firstSegment(directory));

        tool.run("salvage", directory, target());

        assertThat(tool.results()).contains("lost: collection 'orders' a [2J\n");
    }

    @Test
    void processEndsWithTheExitStatus() throws Exception {
        Path directory = createStore();

        assertThat(exitCode("verify", directory.toString())).isZero();
        assertThat(folder.resolve("output")).content().endsWith("result: sound" + System.lineSeparator());
        assertThat(exitCode("verify", folder.toString())).isEqualTo(1);
        assertThat(exitCode("verify")).isEqualTo(2);
    }

    private Path createStore() {
        return ToolStores.create(folder.resolve("store"), ToolStores.OPTIONS);
    }

    /** Creates a store and two full backups of it; returns their directory. */
    private Path createBackups() {
        Path directory = createStore();
        Path backups = folder.resolve("backups");
        for (int number = 1; number <= 2; number++) {
            assertThat(tool.run("backup", "--full", directory, backups)).isEqualTo(ExitStatus.OK);
        }
        return backups;
    }

    /** Returns the directory or file for results, which does not exist at first. */
    private Path target() {
        return folder.resolve("target");
    }

    private int exitCode(String... words) throws Exception {
        Process process = ChildJvm.start(StoreTool.class, folder.resolve("output"), words);
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        return process.exitValue();
    }

    /** Returns a call of a command on a directory; its target, if it takes one, does not exist. */
    private Object[] command(String name, Path directory) {
        return switch (name) {
            case "backup", "restore", "salvage", "export", "import" -> new Object[] {name, directory, target()};
            default -> new Object[] {name, directory};
        };
    }
}
