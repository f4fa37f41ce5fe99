package org.storedb.spring.autoconfigure;

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
 * @param directory Directory that has the text indexes. By default the one of the store with "-text" behind its name.
 * @param inMemory Whether the text indexes live in memory and are built at each start, as they do with a store in memory.
 * @param delay Time after which changes are in an index at the latest, for searches that do not wait for them.
 * @param commitInterval How long the files of an index may be behind it.
 */
@ConfigurationProperties("store.search")
public record StoreSearchProperties(
        @Nullable String directory,
        @DefaultValue("false") boolean inMemory,
        @DefaultValue("1s") Duration delay,
        @DefaultValue("30s") Duration commitInterval) {

    /** How indexes are kept up to date. */
    TextIndexOptions indexOptions() {
        return TextIndexOptions.defaults().withDelay(delay).withCommitInterval(commitInterval);
    }

    /** The directory that has those of a store; {@code null} to keep them in memory. */
    @Nullable
    Path directoryFor(Store store) {
        String storeDirectory = store.stats().directory();
        if (inMemory || storeDirectory == null) {
            return null;
        }
        if (directory != null) {
            return Path.of(directory);
        }
        Path beside = Path.of(storeDirectory).toAbsolutePath().normalize();
        return beside.resolveSibling(beside.getFileName() + "-text");
    }
}
