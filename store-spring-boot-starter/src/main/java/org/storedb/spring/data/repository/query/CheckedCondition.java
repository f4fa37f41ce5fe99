package org.storedb.spring.data.repository.query;

import java.util.Arrays;
import java.util.stream.Collectors;
import org.springframework.data.repository.query.parser.Part;
import org.springframework.util.StringUtils;

/** A condition whose parameter is checked at startup, and how to write it. */
interface CheckedCondition {

    /** Returns the path of the property. */
    String path();

    /** Returns how to compare the property with several values. */
    String forSeveral();

    /** Returns how to compare another property instead. */
    String with(String property);

    /** Returns the exception for a condition that cannot be in a query. */
    IllegalArgumentException unsupported(String reason);

    /** A condition in the name of a method. */
    record OfName(StoreQueryMethod method, Part part) implements CheckedCondition {

        @Override
        public String path() {
            return part.getProperty().toDotPath();
        }

        @Override
        public String forSeveral() {
            return methodName(path()) + "In";
        }

        @Override
        public String with(String property) {
            boolean isIn = part.getType() == Part.Type.IN || part.getType() == Part.Type.NOT_IN;
            return "compare '%s' instead, as %s%s does".formatted(property, methodName(property), isIn ? "In" : "");
        }

        private static String methodName(String path) {
            return Arrays.stream(path.split("\\.", -1))
                    .map(StringUtils::capitalize)
                    .collect(Collectors.joining("", "findBy", ""));
        }

        @Override
        public IllegalArgumentException unsupported(String reason) {
            return method.unsupported(part, reason);
        }
    }

    /** A condition in the query text of a method. */
    record OfText(StoreQueryMethod method, String path) implements CheckedCondition {

        @Override
        public String forSeveral() {
            return "'in'";
        }

        @Override
        public String with(String property) {
            return "compare '%s' instead".formatted(property);
        }

        @Override
        public IllegalArgumentException unsupported(String reason) {
            return method.unsupported("its condition on '%s': %s".formatted(path, reason));
        }
    }
}
