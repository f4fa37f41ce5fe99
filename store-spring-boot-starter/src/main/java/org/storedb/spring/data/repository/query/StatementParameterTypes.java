package org.storedb.spring.data.repository.query;

import org.springframework.data.repository.query.Parameter;
import org.springframework.data.repository.query.Parameters;
import org.storedb.query.text.ComparedParameter;
import org.storedb.query.text.ParsedStatement;
import org.storedb.spring.data.core.convert.QueryField;
import org.storedb.spring.data.core.convert.StoreConverter;

/**
 * Check of the types of the parameters in a query text at startup, as far as they are compared with single values. Those
 * of expressions are not checked, nor places, which are converted first.
 */
final class StatementParameterTypes {

    private final StoreQueryMethod method;
    private final StoreConverter converter;
    private final ValueParameters parameters;
    private final ParameterTypes types;

    StatementParameterTypes(StoreQueryMethod method, StoreConverter converter) {
        this.method = method;
        this.converter = converter;
        this.parameters = new ValueParameters(method);
        this.types = new ParameterTypes(method, converter, parameters);
    }

    /** Rejects a statement with a parameter whose values cannot be compared with the property. */
    void requireFit(ParsedStatement statement) {
        for (ComparedParameter compared : statement.comparedParameters()) {
            int index = statement.isPositional()
                    ? Integer.parseInt(compared.parameter()) - 1
                    : indexOf(compared.parameter());
            QueryField field = converter.field(method.getEntityType(), compared.field());
            if (index >= 0 && field != null && !field.isMultiValued()) {
                requireFit(field, compared, index);
            }
        }
    }

    private void requireFit(QueryField field, ComparedParameter compared, int index) {
        Class<?> type = parameters.type(index);
        CheckedCondition condition = new CheckedCondition.OfText(method, compared.field());
        if (Places.isConverted(type)) {
            return;
        }
        if (compared.several() && parameters.isSeveral(index) && type != byte[].class) {
            types.requireElements(field, condition, index);
        } else {
            types.requireValue(field, condition, index);
        }
    }

    /** Returns the index of the value parameter with this name; -1 if it is that of an expression. */
    private int indexOf(String name) {
        Parameters<?, ?> bindable = method.getParameters().getBindableParameters();
        int index = 0;
        for (Parameter parameter : bindable) {
            if (parameter.getName().filter(name::equals).isPresent()) {
                return index;
            }
            index++;
        }
        return -1;
    }
}
