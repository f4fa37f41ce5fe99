package org.storedb.query.text;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Parses the names that conditions and orders refer to. */
interface FieldNames {

    /**
     * Returns the path that comes next.
     *
     * @param expected for the error if none comes
     */
    String next(String expected);

    /** Fields of documents, whose paths are recorded. */
    final class OfDocuments implements FieldNames {

        private final TokenReader tokens;
        private final Set<String> mentioned = new LinkedHashSet<>();

        OfDocuments(TokenReader tokens) {
            this.tokens = tokens;
        }

        @Override
        public String next(String expected) {
            String path = tokens.path(expected);
            mentioned.add(path);
            return path;
        }

        List<String> mentioned() {
            return List.copyOf(mentioned);
        }
    }
}
