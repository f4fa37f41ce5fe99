package org.storedb.testing;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.storedb.testing.SimulatedDirectory.EntryChange;
import org.storedb.testing.SimulatedFile.Change;

/**
 * What a power loss at this moment may leave of a simulated directory: what is durable, plus any subset of the unsynced
 * changes, each write whole or with any of its sectors. All combinations if there are few changes; otherwise none, all,
 * all but one, one alone, and random ones.
 */
public final class CrashImages {

    private static final int SECTOR_BYTES = 512;
    private static final int EXHAUSTIVE_CHANGES_MAX = 6;

    private final SimulatedDirectory directory;
    private final Random random;
    private final List<SimulatedFile> files;
    private final int changes;

    public CrashImages(SimulatedDirectory directory, Random random) {
        this.directory = directory;
        this.random = random;
        this.files = new ArrayList<>(directory.files());
        this.changes = directory.unsyncedEntries().size()
                + files.stream().mapToInt(file -> file.unsynced().size()).sum();
    }

    /**
     * Hands images to {@code action}.
     *
     * @param most about how many there may be; every kind of choice is cut down to fit
     */
    public void forEach(int most, Consumer<Map<String, byte[]>> action) {
        for (Fate[] fates : choices(most)) {
            action.accept(image(fates));
        }
    }

    /** One image, with each change kept or not by chance. */
    public Map<String, byte[]> any() {
        return image(random(Fate.values()));
    }

    /** The image with nothing but what is durable. */
    public Map<String, byte[]> least() {
        return image(all(Fate.LOST));
    }

    private List<Fate[]> choices(int most) {
        List<Fate[]> choices = new ArrayList<>();
        if (changes <= EXHAUSTIVE_CHANGES_MAX && 1 << changes <= most) {
            for (int subset = 0; subset < 1 << changes; subset++) {
                Fate[] fates = all(Fate.LOST);
                for (int i = 0; i < changes; i++) {
                    fates[i] = (subset >> i & 1) == 1 ? Fate.WHOLE : Fate.LOST;
                }
                choices.add(fates);
            }
        } else {
            choices.add(all(Fate.LOST));
            choices.add(all(Fate.WHOLE));
            for (int i = 0; i < changes && choices.size() < most; i += 1 + 2 * changes / most) {
                choices.add(except(i, Fate.WHOLE, Fate.LOST));
                choices.add(except(i, Fate.LOST, Fate.WHOLE));
            }
            while (choices.size() < most) {
                choices.add(random(Fate.LOST, Fate.WHOLE));
            }
        }
        if (changes > 0) {
            choices.add(except(changes - 1, Fate.WHOLE, Fate.TORN_PREFIX));
            choices.add(except(changes - 1, Fate.WHOLE, Fate.TORN_SECTORS));
            choices.add(random(Fate.values()));
        }
        return choices;
    }

    private Fate[] all(Fate fate) {
        Fate[] fates = new Fate[changes];
        Arrays.fill(fates, fate);
        return fates;
    }

    private Fate[] except(int index, Fate others, Fate one) {
        Fate[] fates = all(others);
        fates[index] = one;
        return fates;
    }

    private Fate[] random(Fate... possible) {
        Fate[] fates = new Fate[changes];
        for (int i = 0; i < changes; i++) {
            fates[i] = possible[random.nextInt(possible.length)];
        }
        return fates;
    }

    private Map<String, byte[]> image(Fate[] fates) {
        int next = 0;
        Map<String, SimulatedFile> entries = new TreeMap<>(directory.durableEntries());
        for (EntryChange change : directory.unsyncedEntries()) {
            if (fates[next++] != Fate.LOST) {
                change.applyTo(entries);
            }
        }
        Map<SimulatedFile, byte[]> contents = new HashMap<>();
        for (SimulatedFile file : files) {
            byte[] content = file.durable().clone();
            for (Change change : file.unsynced()) {
                content = applied(change, fates[next++], content);
            }
            contents.put(file, content);
        }
        Map<String, byte[]> image = new TreeMap<>();
        entries.forEach((name, file) -> image.put(name, contents.getOrDefault(file, file.durable())));
        return image;
    }

    private byte[] applied(Change change, Fate fate, byte[] content) {
        byte[] bytes = change.bytes();
        return switch (fate) {
            case LOST -> content;
            case WHOLE -> change.appliedTo(content);
            case TORN_PREFIX -> {
                if (bytes == null) {
                    yield content;
                }
                int end = change.position() + random.nextInt(bytes.length + 1);
                int sectorEnd = Math.max(change.position(), end - end % SECTOR_BYTES);
                yield new Change(change.position(), Arrays.copyOf(bytes, sectorEnd - change.position()))
                        .appliedTo(content);
            }
            case TORN_SECTORS -> bytes == null ? content : someSectors(change.position(), bytes, content);
        };
    }

    /** Some sectors of a write, the others as they were. The size of the file grows as if all had been written. */
    private byte[] someSectors(int position, byte[] bytes, byte[] content) {
        byte[] result = content;
        if (position + bytes.length > result.length) {
            result = Arrays.copyOf(result, position + bytes.length);
        }
        int from = 0;
        while (from < bytes.length) {
            int to = Math.min(bytes.length, from + SECTOR_BYTES - (position + from) % SECTOR_BYTES);
            if (random.nextBoolean()) {
                System.arraycopy(bytes, from, result, position + from, to - from);
            }
            from = to;
        }
        return result;
    }

    private enum Fate {
        LOST,
        WHOLE,
        TORN_PREFIX,
        TORN_SECTORS
    }
}
