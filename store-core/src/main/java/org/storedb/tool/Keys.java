package org.storedb.tool;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.storedb.EncryptionKeys;
import org.storedb.internal.io.StorageErrors;
import org.storedb.internal.io.UserFiles;

/**
 * Reads the keys of an encrypted store from a file or an environment variable. They are never arguments, which every
 * user of a machine can see.
 */
final class Keys {

    static final String VARIABLE = "STOREDB_KEYS";

    /** The options of commands that read the contents of a store. */
    static final List<Option> OPTIONS = List.of(Option.KEYS, Option.ENCRYPT_EXISTING);

    /** The id that the starter uses if none is configured. */
    private static final String DEFAULT_ID = "default";

    private static final Pattern SEPARATORS = Pattern.compile("[\\s,]+");
    private static final Pattern ENTRY = Pattern.compile("(?:([A-Za-z0-9._-]{1,31})=)?([A-Za-z0-9+/]{43}=?)");

    private Keys() {}

    /** Returns the keys that were given, or {@code null} for a store that is not encrypted. */
    static @Nullable EncryptionKeys read(Arguments arguments, Console console) {
        Path file = arguments.path(Option.KEYS);
        String origin = file == null ? "The variable " + VARIABLE : "The file " + file;
        String text = file == null ? console.variable(VARIABLE) : content(file);
        boolean encryptsExisting = arguments.has(Option.ENCRYPT_EXISTING);
        if (text == null) {
            if (encryptsExisting) {
                throw ToolException.wrongUsage(Option.ENCRYPT_EXISTING.label() + " needs keys: set " + VARIABLE
                        + ", or give " + Option.KEYS.form());
            }
            return null;
        }
        EncryptionKeys keys = parse(text.strip(), origin);
        return encryptsExisting ? keys.encryptingExisting() : keys;
    }

    private static String content(Path file) {
        try (InputStream content = UserFiles.read(file)) {
            return new String(content.readAllBytes(), UTF_8);
        } catch (IOException e) {
            throw ToolException.wrongUsage("The keys cannot be read: " + StorageErrors.reason(e));
        }
    }

    private static EncryptionKeys parse(String text, String origin) {
        List<MatchResult> entries =
                SEPARATORS.splitAsStream(text).map(word -> entry(word, origin)).toList();
        MatchResult current = entries.get(0);
        EncryptionKeys keys = EncryptionKeys.of(id(current), bytes(current));
        for (MatchResult former : entries.subList(1, entries.size())) {
            if (keys.ids().contains(id(former))) {
                throw ToolException.wrongUsage(origin + " has two keys with the id '" + id(former) + "'");
            }
            keys = keys.withFormer(id(former), bytes(former));
        }
        return keys;
    }

    /** The message does not repeat what is wrong: it may be most of a key. */
    private static MatchResult entry(String word, String origin) {
        Matcher entry = ENTRY.matcher(word);
        if (!entry.matches()) {
            throw ToolException.wrongUsage(origin + " must have keys of the form ID=KEY, or one KEY with the id '"
                    + DEFAULT_ID + "', where KEY is 32 bytes in Base64");
        }
        return entry.toMatchResult();
    }

    private static String id(MatchResult entry) {
        String id = entry.group(1);
        return id == null ? DEFAULT_ID : id;
    }

    private static byte[] bytes(MatchResult entry) {
        return Base64.getDecoder().decode(entry.group(2));
    }
}
