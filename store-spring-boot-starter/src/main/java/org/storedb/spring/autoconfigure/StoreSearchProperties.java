package org.storedb.spring.autoconfigure;

import static org.storedb.spring.autoconfigure.PropertyChecks.checked;

import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.storedb.Store;
import org.storedb.search.TextIndexOptions;

/**
 * Full-text search for entities.
 *
 * @param directory Directory of the text indexes. By default the store's directory with "-text" appended to its name.
 * @param inMemory Whether to keep the text indexes in memory and build them at each start, as for an in-memory store.
 * @param delay Maximum time until changes are in an index, for searches that do not wait for them.
 * @param commitInterval Maximum time that the files of an index may lag behind it.
 */
@ConfigurationProperties("store.search")
public record StoreSearchProperties(
        @Nullable String directory,
        @DefaultValue("false") boolean inMemory,
        @DefaultValue("1s") Duration delay,
        @DefaultValue("30s") Duration commitInterval) {

    /** Returns the options of the text indexes. */
    TextIndexOptions indexOptions() {
        TextIndexOptions options =
                checked("search.delay", delay, "at least 1ms", TextIndexOptions.defaults()::withDelay);
        return checked("search.commit-interval", commitInterval, "0 or more", options::withCommitInterval);
    }

    /** Returns the directory of a store's text indexes; {@code null} to keep them in memory. */
    @Nullable
    Path directoryFor(Store store) {
        String storeDirectory = store.stats().directory();
        if (inMemory || storeDirectory == null) {
            return null;
        }
        if (directory != null) {
            return PropertyChecks.directory("search.directory", directory);
        }
        Path beside = Path.of(storeDirectory).toAbsolutePath().normalize();
        return beside.resolveSibling(beside.getFileName() + "-text");
    }
}
