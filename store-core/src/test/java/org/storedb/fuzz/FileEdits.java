package org.storedb.fuzz;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Changes files as the bytes of the fuzzer say: overwrites, flips, cuts, zeroes, moves, inserts, removes and exchanges. */
final class FileEdits {

    private static final int EDITS_MAX = 32;
    private static final int INSERTED_BYTES_MAX = 255;

    private FileEdits() {}

    /** Edits any of the files. */
    static Map<String, byte[]> apply(Map<String, byte[]> files, FuzzInput input) {
        Map<String, byte[]> edited = new TreeMap<>(files);
        for (int i = 0; i < EDITS_MAX && input.hasMore() && !edited.isEmpty(); i++) {
            List<String> names = List.copyOf(edited.keySet());
            String name = names.get(input.nextByte() % names.size());
            int kind = input.nextByte() % 9;
            switch (kind) {
                case 7 -> edited.remove(name);
                case 8 -> exchange(edited, name, names.get(input.nextByte() % names.size()));
                default -> edited.computeIfPresent(name, (same, content) -> edit(content, kind, input));
            }
        }
        return edited;
    }

    /** Edits one file. */
    static byte[] apply(byte[] content, FuzzInput input) {
        byte[] edited = content;
        for (int i = 0; i < EDITS_MAX && input.hasMore(); i++) {
            edited = edit(edited, input.nextByte() % 7, input);
        }
        return edited;
    }

    private static byte[] edit(byte[] content, int kind, FuzzInput input) {
        int at = input.nextIndex(content.length + 1);
        return switch (kind) {
            case 0 -> overwrite(content, at, input.nextBytes(1 + input.nextByte() % 16));
            case 1 -> flip(content, at, input.nextByte() % 8);
            case 2 -> Arrays.copyOf(content, at);
            case 3 -> overwrite(content, at, new byte[input.nextIndex(content.length + 1)]);
            case 4 -> {
                int from = input.nextIndex(content.length + 1);
                yield overwrite(content, at, Arrays.copyOfRange(content, from, from + input.nextByte()));
            }
            case 5 -> replace(content, at, at, input.nextBytes(input.nextByte() % INSERTED_BYTES_MAX));
            default -> replace(content, at, Math.min(content.length, at + input.nextByte()), new byte[0]);
        };
    }

    private static byte[] flip(byte[] content, int at, int bit) {
        return at == content.length ? content : overwrite(content, at, new byte[] {(byte) (content[at] ^ 1 << bit)});
    }

    private static byte[] overwrite(byte[] content, int at, byte[] bytes) {
        byte[] changed = content.clone();
        System.arraycopy(bytes, 0, changed, at, Math.min(bytes.length, content.length - at));
        return changed;
    }

    private static byte[] replace(byte[] content, int from, int to, byte[] bytes) {
        byte[] changed = Arrays.copyOf(content, content.length - (to - from) + bytes.length);
        System.arraycopy(bytes, 0, changed, from, bytes.length);
        System.arraycopy(content, to, changed, from + bytes.length, content.length - to);
        return changed;
    }

    private static void exchange(Map<String, byte[]> files, String one, String other) {
        byte[] former = files.getOrDefault(one, new byte[0]);
        files.put(one, files.getOrDefault(other, new byte[0]));
        files.put(other, former);
    }
}
