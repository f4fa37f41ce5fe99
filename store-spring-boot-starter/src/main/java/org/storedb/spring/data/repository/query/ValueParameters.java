package org.storedb.spring.data.repository.query;

import org.springframework.data.repository.query.Parameters;
import org.springframework.data.repository.query.parser.Part;

/** The parameters for values of a method, taken in their order by the conditions of its name. */
final class ValueParameters {

    private final StoreQueryMethod method;
    private final Parameters<?, ?> parameters;
    private int next;

    ValueParameters(StoreQueryMethod method) {
        this.method = method;
        this.parameters = method.getParameters().getBindableParameters();
    }

    /** Takes the next parameter and returns its index. */
    int take(Part part) {
        if (!hasNext()) {
            throw method.unsupported(part, "there is no parameter for its value");
        }
        return next++;
    }

    /** Returns whether the next parameter is of this type. */
    boolean isNext(Class<?> type) {
        return hasNext() && type(next) == type;
    }

    private boolean hasNext() {
        return next < parameters.getNumberOfParameters();
    }

    Class<?> type(int index) {
        return parameters.getParameter(index).getType();
    }

    /** Rejects a method that has more parameters than have been taken. */
    void requireNoneLeft() {
        if (hasNext()) {
            throw method.unsupported("it has %d parameters for values, but its name takes only %d"
                    .formatted(parameters.getNumberOfParameters(), next));
        }
    }
}
