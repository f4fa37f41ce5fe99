package org.storedb.query.text;

import java.util.ArrayList;
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

    /**
     * Notes that a condition compares a field with a value.
     *
     * @param several whether it may stand for several values
     */
    default void compared(String field, Operand value, boolean several) {}

    /** Fields of documents, whose paths are recorded. */
    final class OfDocuments implements FieldNames {

        private final TokenReader tokens;
        private final Set<String> mentioned = new LinkedHashSet<>();
        private final List<ComparedParameter> compared = new ArrayList<>();

        OfDocuments(TokenReader tokens) {
            this.tokens = tokens;
        }

        @Override
        public String next(String expected) {
            String path = tokens.path(expected);
            mentioned.add(path);
            return path;
        }

        @Override
        public void compared(String field, Operand value, boolean several) {
            Operand single = value instanceof Operand.ListParameter list ? list.parameter() : value;
            if (single instanceof Operand.Parameter parameter) {
                compared.add(new ComparedParameter(field, parameter.name(), several));
            }
        }

        List<String> mentioned() {
            return List.copyOf(mentioned);
        }

        List<ComparedParameter> compared() {
            return List.copyOf(compared);
        }
    }
}
