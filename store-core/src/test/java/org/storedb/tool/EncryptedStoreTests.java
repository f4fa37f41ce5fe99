package org.storedb.tool;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.storedb.EncryptionKeys;
import org.storedb.Store;

/** Keys come from a variable or a file, and never appear in what the tool writes. */
class EncryptedStoreTests {

    private static final String KEY = text('k');
    private static final String OTHER_KEY = text('o');

    private final ToolRun tool = new ToolRun();

    @TempDir
    Path folder;

    private static byte[] bytes(char filling) {
        byte[] key = new byte[32];
        Arrays.fill(key, (byte) filling);
        return key;
    }

    private static String text(char filling) {
        return Base64.getEncoder().encodeToString(bytes(filling));
    }

    private Path create(String keyId) {
        return ToolStores.create(
                folder.resolve("store"), ToolStores.OPTIONS.withEncryption(EncryptionKeys.of(keyId, bytes('k'))));
    }

    @Test
    void keyComesFromTheVariable() {
        Path store = create("default");
        tool.set("STOREDB_KEYS", KEY);

        assertThat(tool.run("info", store)).isEqualTo(ExitStatus.OK);
        assertThat(tool.results()).contains("encryption-keys: default\n");
        assertThat(tool.run("verify", store)).isEqualTo(ExitStatus.OK);
    }

    @Test
    void keysComeFromAFileWhateverTheVariableSays() throws IOException {
        Path store = create("2025");
        tool.set("STOREDB_KEYS", OTHER_KEY);
        Path keys = Files.writeString(folder.resolve("keys"), "2026=" + OTHER_KEY + "\n2025=" + KEY + "\n");

        assertThat(tool.run("verify", store, "--keys", keys)).isEqualTo(ExitStatus.OK);
    }

    @Test
    void damagedStoreIsSalvagedEncrypted() throws IOException {
        Path store = create("default");
        ToolStores.damage(ToolStores.firstSegment(store));
        tool.set("STOREDB_KEYS", "default=" + KEY);
        Path target = folder.resolve("target");

        assertThat(tool.run("salvage", store, target)).isEqualTo(ExitStatus.FAILED);

        assertThat(tool.run("info", target)).isEqualTo(ExitStatus.OK);
        assertThat(tool.results()).contains("encryption-keys: default\n", "collection orders: ");
    }

    @Test
    void backupIsTakenWithTheKeyAndRestoredWithout() {
        Path store = create("default");
        Path backups = folder.resolve("backups");
        tool.set("STOREDB_KEYS", KEY);
        assertThat(tool.run("backup", store, backups)).isEqualTo(ExitStatus.OK);

        ToolRun withoutKey = new ToolRun();
        assertThat(withoutKey.run("verify-backup", backups)).isEqualTo(ExitStatus.OK);
        assertThat(withoutKey.run("restore", backups, folder.resolve("restored")))
                .isEqualTo(ExitStatus.OK);
        assertThat(tool.run("verify", folder.resolve("restored"))).isEqualTo(ExitStatus.OK);
    }

    @Test
    void exportIsReadableAndSaysSo() {
        Path store = create("default");
        tool.set("STOREDB_KEYS", KEY);
        Path file = folder.resolve("orders.json");

        assertThat(tool.run("export", store, file)).isEqualTo(ExitStatus.OK);
        assertThat(file).content().contains("customer");
        assertThat(tool.messages()).contains("The store is encrypted, " + file + " is not");

        assertThat(tool.run("import", file, folder.resolve("imported"))).isEqualTo(ExitStatus.OK);
        assertThat(tool.run("info", folder.resolve("imported"))).isEqualTo(ExitStatus.OK);
        assertThat(tool.results()).contains("encryption-keys: default\n");
    }

    @Test
    void missingAndWrongKeysAreAskedFor() {
        Path store = create("default");
        assertThat(tool.run("verify", store)).isEqualTo(ExitStatus.FAILED);
        assertThat(tool.messages()).contains("the key 'default'", "STOREDB_KEYS", "--keys FILE");

        tool.set("STOREDB_KEYS", OTHER_KEY);
        assertThat(tool.run("verify", store)).isEqualTo(ExitStatus.FAILED);
        assertThat(tool.messages())
                .contains("not the one given", "STOREDB_KEYS")
                .doesNotContain(OTHER_KEY);
    }

    @Test
    void storeThatIsPartlyEncryptedNeedsTheOption() {
        Path store = ToolStores.create(folder.resolve("store"), ToolStores.OPTIONS);
        EncryptionKeys keys = EncryptionKeys.of("default", bytes('k')).encryptingExisting();
        try (Store open = Store.open(store, ToolStores.OPTIONS.withEncryption(keys))) {
            open.collection("orders").insert(Map.of("id", "encrypted"));
        }
        tool.set("STOREDB_KEYS", KEY);

        assertThat(tool.run("verify", store)).isEqualTo(ExitStatus.FAILED);
        assertThat(tool.messages()).contains("is not encrypted", "--encrypt-existing");
        assertThat(tool.run("verify", store, "--encrypt-existing")).isEqualTo(ExitStatus.OK);
        assertThat(tool.run("info", store, "--encrypt-existing")).isEqualTo(ExitStatus.OK);
        assertThat(tool.results()).contains("encryption-keys: none, default\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "c2hvcnQ=", "id=c2hvcnQ=", "an id with spaces=", "2026:a2tra2tra2tra2tra2tra2tr"})
    void malformedKeysAreNotRepeated(String text) throws IOException {
        Path store = create("default");
        Path keys = Files.writeString(folder.resolve("keys"), text);

        assertThat(tool.run("verify", store, "--keys", keys)).isEqualTo(ExitStatus.WRONG_USAGE);
        assertThat(tool.messages()).contains("The file " + keys + " must have keys of the form ID=KEY");
        assertThat(tool.messages()).doesNotContain("c2hvcnQ=", "a2tra2tra2tra2tra2tra2tr");

        tool.set("STOREDB_KEYS", text);
        assertThat(tool.run("verify", store)).isEqualTo(ExitStatus.WRONG_USAGE);
        assertThat(tool.messages()).contains("The variable STOREDB_KEYS must have");
    }

    @Test
    void keysThatCannotBeUsedAreNamed() throws IOException {
        Path store = create("default");
        Path missing = folder.resolve("missing");
        assertThat(tool.run("verify", store, "--keys", missing)).isEqualTo(ExitStatus.WRONG_USAGE);
        assertThat(tool.messages()).contains("The keys cannot be read: " + missing + " does not exist");

        Path twice = Files.writeString(folder.resolve("keys"), KEY + "," + OTHER_KEY);
        assertThat(tool.run("verify", store, "--keys", twice)).isEqualTo(ExitStatus.WRONG_USAGE);
        assertThat(tool.messages()).contains("two keys with the id 'default'");
    }
}
