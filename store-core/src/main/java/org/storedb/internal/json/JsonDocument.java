package org.storedb.internal.json;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A document that was read, or why there is none.
 *
 * @param source name of the file
 * @param line where it begins, from 1
 * @param textBytes approximate length of its text
 * @param fields null if it cannot be a document
 * @param problem null if it can
 */
public record JsonDocument(
        String source,
        long line,
        long textBytes,
        @Nullable Map<String, @Nullable Object> fields,
        @Nullable String problem) {}
