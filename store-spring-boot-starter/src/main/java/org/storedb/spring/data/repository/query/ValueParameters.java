package org.storedb.spring.data.repository.query;

import org.springframework.core.ResolvableType;
import org.springframework.data.domain.Range;
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

    /** Returns whether a parameter takes a collection or an array. */
    boolean isSeveral(int index) {
        return Iterable.class.isAssignableFrom(type(index)) || type(index).isArray();
    }

    /** Returns the class of the elements of a collection, an array or a range; {@code Object} if it is not declared. */
    Class<?> elementType(int index) {
        Class<?> type = type(index);
        if (type.isArray()) {
            return type.getComponentType();
        }
        ResolvableType declared =
                method.getParameterType(parameters.getParameter(index).getIndex());
        ResolvableType several = declared.resolve() == type ? declared : declared.getGeneric(); // Of an Optional.
        Class<?> kind = Range.class.isAssignableFrom(type) ? Range.class : Iterable.class;
        return several.as(kind).getGeneric().resolve(Object.class);
    }

    /** Returns the name of a parameter in messages. */
    String name(int index) {
        return parameters
                .getParameter(index)
                .getName()
                .map(name -> "'" + name + "'")
                .orElseGet(() -> String.valueOf(index + 1));
    }

    /** Rejects a method that has more parameters than have been taken. */
    void requireNoneLeft() {
        if (hasNext()) {
            throw method.unsupported("it has %d parameters for values, but its name takes only %d"
                    .formatted(parameters.getNumberOfParameters(), next));
        }
    }
}
