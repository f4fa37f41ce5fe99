package org.storedb.fuzz;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Inputs of the corpus that aim at one field of the golden store, for {@link FrameTarget} and {@link SalvageTarget}. They are
 * bound to where the field is, so they are made anew with the golden store: {@code -Dstoredb.corpus=write}.
 */
final class CorpusSeeds {

    private static final int OVERWRITE = 0;
    private static final int FLIP = 1;
    private static final int INSERT = 5;
    private static final int REMOVE = 6;
    private static final int REPAIRED = 1;
    private static final byte[] MINUS_ONE = varint(-1);
    private static final byte[] INT_MAX = varint(Integer.MAX_VALUE);

    private final List<byte[]> segments = new ArrayList<>();
    private final Map<String, byte[]> seeds = new TreeMap<>();

    private CorpusSeeds() {
        FuzzedStore.golden("format-1-plain").forEach((name, content) -> {
            if (name.endsWith(".log")) {
                segments.add(content);
            }
        });
        for (int number = 1; number <= segments.size(); number++) {
            addSegment(number, segments.get(number - 1));
        }
        addText("catalog-text-beyond-the-end", "\tcity_name", 0, 0xF7);
        addText("key-no-id", "@person", 0, 0, 2, 0xFF, 0xFF, 'f');
        addText("record-revision-endless", "\u0001\u0001\u0004key", 12, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF);
    }

    static void write(Path corpus) throws IOException {
        for (Map.Entry<String, byte[]> seed : new CorpusSeeds().seeds.entrySet()) {
            Files.write(corpus.resolve("Frame").resolve(seed.getKey()), seed.getValue());
            ByteArrayOutputStream repaired = new ByteArrayOutputStream();
            repaired.write(REPAIRED);
            repaired.writeBytes(seed.getValue());
            Files.write(corpus.resolve("Salvage").resolve("repaired-" + seed.getKey()), repaired.toByteArray());
        }
    }

    private void addSegment(int number, byte[] segment) {
        List<FrameFields> frames = FrameFields.all(segment);
        addHeader("-" + number, number, segment, frames.get(0));
        frames.stream().filter(FrameFields::singlePut).findFirst().ifPresent(frame -> {
            addHeader("-single-" + number, number, segment, frame);
            add("tree-id-single-" + number, replaced(number, segment, frame.count() - 1, INT_MAX));
        });
        frames.stream()
                .filter(frame -> !frame.singlePut() && frame.kind() < 3)
                .findFirst()
                .ifPresent(frame -> addOperation(number, segment, frame));
        add("version-" + number, edit(number, OVERWRITE, 8, 3, 0, 0, 0, 2));
        add("encryption-" + number, edit(number, OVERWRITE, 40, 0, 1));
    }

    private void addHeader(String suffix, int number, byte[] segment, FrameFields frame) {
        int start = frame.start();
        add("body-length" + suffix, replaced(number, segment, frame.length(), INT_MAX));
        add("body-length-negative" + suffix, replaced(number, segment, frame.length(), MINUS_ONE));
        if (frame.sequence() != FrameFields.NOT_GIVEN) {
            add("sequence" + suffix, replaced(number, segment, frame.sequence(), MINUS_ONE));
            add("sequence-max" + suffix, replaced(number, segment, frame.sequence(), varint(Long.MAX_VALUE)));
        }
        add("count" + suffix, replaced(number, segment, frame.count(), INT_MAX));
        for (int bit = 0; bit < Byte.SIZE; bit++) {
            add("start-bit-" + bit + suffix, edit(number, FLIP, start, bit));
        }
    }

    private void addOperation(int number, byte[] segment, FrameFields frame) {
        int operation = frame.body();
        add("operation-kind-" + number, edit(number, OVERWRITE, operation, 0, 7));
        add("operation-tree-id-" + number, replaced(number, segment, operation + 1, INT_MAX));
        int sequenceBytes = frame.kind() == 2 ? 1 : 0;
        add("operation-key-length-" + number, replaced(number, segment, operation + 2 + sequenceBytes, INT_MAX));
    }

    /** Overwrites what stands so many bytes behind the begin of a text, where that is found first. */
    private void addText(String name, String text, int behind, int... bytes) {
        for (int number = 1; number <= segments.size(); number++) {
            int at = new String(segments.get(number - 1), ISO_8859_1).indexOf(text);
            if (at >= 0 && !seeds.containsKey(name)) {
                int[] input = new int[bytes.length + 1];
                input[0] = bytes.length - 1;
                System.arraycopy(bytes, 0, input, 1, bytes.length);
                add(name, edit(number, OVERWRITE, at + behind, input));
            }
        }
        if (!seeds.containsKey(name)) {
            throw new AssertionError("The golden store has nothing for the input " + name);
        }
    }

    private void add(String name, byte[] seed) {
        seeds.put(name, seed);
    }

    /** Puts other bytes in the place of a varint. */
    private static byte[] replaced(int number, byte[] segment, int at, byte[] bytes) {
        ByteBuffer source = ByteBuffer.wrap(segment).position(at);
        FrameFields.varint(source);
        ByteArrayOutputStream seed = new ByteArrayOutputStream();
        seed.writeBytes(edit(number, REMOVE, at, source.position() - at));
        seed.writeBytes(edit(number, INSERT, at, bytes.length));
        seed.writeBytes(bytes);
        return seed.toByteArray();
    }

    /** What makes {@link FileEdits} edit a segment; the manifest is file 0. */
    private static byte[] edit(int number, int kind, int at, int... rest) {
        ByteArrayOutputStream seed = new ByteArrayOutputStream();
        seed.write(number);
        seed.write(kind);
        seed.write(at >>> Byte.SIZE);
        seed.write(at);
        for (int each : rest) {
            seed.write(each);
        }
        return seed.toByteArray();
    }

    private static byte[] varint(long value) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        long rest = value;
        while ((rest & ~0x7FL) != 0) {
            bytes.write((int) rest | 0x80);
            rest >>>= 7;
        }
        bytes.write((int) rest);
        return bytes.toByteArray();
    }
}
