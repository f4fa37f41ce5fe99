package org.storedb.transfer;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Converts between document ids and file names. */
final class FileNames {

    static final String JSON = ".json";

    private static final String GZIP = ".gz";
    private static final String HEX = "0123456789ABCDEF";
    private static final String PLAIN = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_~";

    /** Names that Windows reserves for devices, with any extension. */
    private static final Set<String> DEVICES = Set.of(
            "con", "prn", "aux", "nul", "com0", "com1", "com2", "com3", "com4", "com5", "com6", "com7", "com8", "com9",
            "lpt0", "lpt1", "lpt2", "lpt3", "lpt4", "lpt5", "lpt6", "lpt7", "lpt8", "lpt9");

    private FileNames() {}

    static String last(Path path) {
        Path name = path.getFileName();
        return name == null ? path.toString() : name.toString();
    }

    static boolean isGzip(Path file) {
        return last(file).toLowerCase(Locale.ROOT).endsWith(GZIP);
    }

    static JsonFormat format(Path file) {
        String name = last(file).toLowerCase(Locale.ROOT);
        String plain = name.endsWith(GZIP) ? name.substring(0, name.length() - GZIP.length()) : name;
        return plain.endsWith(JSON) ? JsonFormat.ARRAY : JsonFormat.LINES;
    }

    /**
     * Returns the id as part of a file's name, on any file system: ASCII letters, digits, {@code -}, {@code _},
     * {@code ~} and dots that are not at the start stand for themselves, everything else is written as its UTF-8 bytes,
     * each as {@code %} and two hexadecimal digits.
     */
    static String encode(String id) {
        StringBuilder name = new StringBuilder(id.length() + 8);
        for (byte next : id.getBytes(StandardCharsets.UTF_8)) {
            char character = (char) (next & 0xFF);
            boolean innerDot = character == '.' && !name.isEmpty();
            if (innerDot || isPlain(character)) {
                name.append(character);
            } else {
                append(name, character);
            }
        }
        int dot = name.indexOf(".");
        String stem = (dot < 0 ? name.toString() : name.substring(0, dot)).toLowerCase(Locale.ROOT);
        if (DEVICES.contains(stem)) {
            char first = name.charAt(0);
            name.deleteCharAt(0);
            name.insert(0, append(new StringBuilder(), first));
        }
        return name.toString();
    }

    private static StringBuilder append(StringBuilder name, char character) {
        return name.append('%').append(HEX.charAt(character >>> 4)).append(HEX.charAt(character & 0xF));
    }

    private static boolean isPlain(char character) {
        return PLAIN.indexOf(character) >= 0;
    }

    /**
     * Returns the id that a name stands for; {@code null} if its percent signs are malformed or do not decode to text.
     */
    static @Nullable String decode(String name) {
        byte[] text = name.getBytes(StandardCharsets.UTF_8);
        byte[] id = new byte[text.length];
        int size = 0;
        for (int at = 0; at < text.length; at++) {
            if (text[at] != '%') {
                id[size++] = text[at];
                continue;
            }
            int high = at + 2 < text.length ? Character.digit(text[at + 1], 16) : -1;
            int low = high < 0 ? -1 : Character.digit(text[at + 2], 16);
            if (low < 0) {
                return null;
            }
            id[size++] = (byte) ((high << 4) | low);
            at += 2;
        }
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(id, 0, size))
                    .toString();
        } catch (CharacterCodingException e) {
            return null;
        }
    }
}
