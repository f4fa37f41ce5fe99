package org.storedb.spring.autoconfigure;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Where the text indexes of entities are. A bean of this type takes precedence over {@code store.search.directory}.
 *
 * @param directory has a directory for each of them; {@code null} to keep them in memory and build them at each start
 */
public record TextIndexLocation(@Nullable Path directory) {}
