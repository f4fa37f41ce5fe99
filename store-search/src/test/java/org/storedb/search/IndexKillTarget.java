package org.storedb.search;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import org.storedb.DocumentCollection;
import org.storedb.Store;
import org.storedb.StoreOptions;
import org.storedb.search.TextSearch.Freshness;
import org.storedb.search.definition.TextAnalyzer;
import org.storedb.search.definition.TextIndexDefinition;

/** Writes and searches until it is killed; a file says that it has begun. */
final class IndexKillTarget {

    static final TextIndexDefinition NOTES = TextIndexDefinition.of("notes").field("text", TextAnalyzer.words());

    private IndexKillTarget() {}

    static StoreOptions options() {
        return StoreOptions.defaults().withSegmentBytes(1 << 18);
    }

    /** Takes the folders of store and index, a seed, and the file that is created. */
    @SuppressWarnings("InfiniteLoopStatement")
    public static void main(String[] arguments) throws Exception {
        Store store = Store.open(Path.of(arguments[0]), options());
        TextIndex index = TextIndex.open(
                store,
                NOTES,
                Path.of(arguments[1]),
                TextIndexOptions.defaults().withDelay(Duration.ofMillis(5)).withCommitInterval(Duration.ofMillis(20)));
        SplittableRandom random = new SplittableRandom(Long.parseLong(arguments[2]));
        new Thread(() -> write(store, random.split())).start();
        Files.createFile(Path.of(arguments[3]));
        while (true) {
            index.search(TextSearch.of("word" + random.nextInt(20))
                    .freshness(random.nextBoolean() ? Freshness.CURRENT : Freshness.WITHIN_DELAY));
            if (random.nextInt(50) == 0) {
                index.commit();
            }
        }
    }

    @SuppressWarnings("InfiniteLoopStatement")
    private static void write(Store store, SplittableRandom random) {
        DocumentCollection<Map<String, @Nullable Object>> notes = store.collection("notes");
        while (true) {
            long id = random.nextInt(500);
            if (random.nextInt(4) == 0) {
                notes.delete(id);
            } else {
                notes.save(Map.of("id", id, "text", "word" + random.nextInt(20) + " " + "text ".repeat(30)));
            }
        }
    }
}
