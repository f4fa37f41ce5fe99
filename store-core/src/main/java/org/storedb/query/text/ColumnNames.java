package org.storedb.query.text;

import java.util.ArrayList;
import java.util.List;
import org.storedb.query.Measure;
import org.storedb.query.Measure.Function;

/** Parses the column names of an aggregation; a measure may stand for its column. */
final class ColumnNames implements FieldNames {

    private final TokenReader tokens;
    private final List<String> groupBy;
    private final List<Measure> measures;

    ColumnNames(TokenReader tokens, List<String> groupBy, List<Measure> measures) {
        this.tokens = tokens;
        this.groupBy = groupBy;
        this.measures = measures;
    }

    @Override
    public String next(String expected) {
        Token token = tokens.peek();
        Function function = Words.function(tokens);
        if (function != null) {
            return figure(token, function);
        }
        String name = tokens.path(expected);
        if (!groupBy.contains(name)
                && measures.stream().noneMatch(measure -> measure.name().equals(name))) {
            throw noColumn(token, name);
        }
        return name;
    }

    private String figure(Token start, Function function) {
        tokens.next();
        tokens.next();
        Measure measure = function == Function.COUNT && tokens.skipSign("*")
                ? Measure.count()
                : Words.measure(function, tokens.path("the name of a field"));
        tokens.expectSign(")", "a closing parenthesis");
        if (measures.contains(measure)) {
            return measure.name();
        }
        return measures.stream()
                .filter(each -> each.as(measure.name()).equals(measure))
                .findFirst()
                .orElseThrow(() -> noColumn(start, measure.name()))
                .name();
    }

    private RuntimeException noColumn(Token token, String name) {
        List<String> columns = new ArrayList<>(groupBy);
        measures.forEach(measure -> columns.add(measure.name()));
        return tokens.error(token, "there is no column " + name + "; the result has " + String.join(", ", columns));
    }
}
