package org.storedb.query.text;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.storedb.query.Aggregation;
import org.storedb.query.Filter;
import org.storedb.query.Measure;
import org.storedb.query.Measure.Function;
import org.storedb.query.text.QueryParser.Statement;

/** Parses what follows {@code select}: some fields of documents, distinct values, or measures of groups. */
final class SelectParser {

    private final TokenReader tokens;
    private final OperandParser operands;
    private final FieldNames fields;
    private final Set<String> columns = new LinkedHashSet<>();
    private final List<String> selected = new ArrayList<>();
    private final List<Token> selectedTokens = new ArrayList<>();
    private final List<Measure> measures = new ArrayList<>();

    SelectParser(TokenReader tokens, OperandParser operands, FieldNames fields) {
        this.tokens = tokens;
        this.operands = operands;
        this.fields = fields;
    }

    Statement parse() {
        boolean distinct = tokens.skipWord("distinct");
        do {
            column(distinct);
        } while (tokens.skipSign(","));
        if (!tokens.skipWord("from")) {
            throw tokens.unexpected("a comma or 'from' after what is selected");
        }
        String collection = tokens.path("the name of a collection after 'from'");
        ClauseParser clauses = new ClauseParser(tokens, operands);
        clauses.allowGroups(!distinct, distinct || !measures.isEmpty());
        clauses.where(fields);
        boolean grouped = clauses.groupBy();
        if (grouped || distinct || !measures.isEmpty()) {
            List<String> groupBy = distinct ? selected : grouped ? groupBy() : List.of();
            return aggregation(collection, clauses, List.copyOf(groupBy));
        }
        clauses.orderBy(fields);
        clauses.page();
        List<String> paths = List.copyOf(selected);
        return new Statement(collection, arguments -> new BoundSelection(collection, clauses.query(arguments), paths));
    }

    private void column(boolean distinct) {
        Token token = tokens.peek();
        if (token.isSign("*")) {
            throw tokens.error(token, "'select' names its fields; 'find' returns whole documents");
        }
        Measure measure = distinct ? null : measure();
        String name;
        if (measure == null) {
            name = fields.next("the name of a field, or a figure such as count(*) or avg(population)");
            selected.add(name);
            selectedTokens.add(token);
        } else {
            Measure named = tokens.skipWord("as") ? measure.as(tokens.path("a name after 'as'")) : measure;
            name = named.name();
            measures.add(named);
        }
        if (!columns.add(name)) {
            throw tokens.error(token, "there is already a column " + Words.written(name) + "; rename it with 'as'");
        }
    }

    /** Returns a measure, or {@code null} if none comes next. */
    private @Nullable Measure measure() {
        Function function = Words.function(tokens);
        if (function == null) {
            return null;
        }
        tokens.next();
        tokens.next();
        Measure measure = function == Function.COUNT && tokens.skipSign("*")
                ? Measure.count()
                : Words.measure(function, fields.next("the name of a field"));
        tokens.expectSign(")", "a closing parenthesis");
        return measure;
    }

    private List<String> groupBy() {
        List<String> groupBy = new ArrayList<>();
        do {
            Token token = tokens.peek();
            String field = fields.next("the name of a field to group by");
            if (groupBy.contains(field)
                    || measures.stream().anyMatch(measure -> measure.name().equals(field))) {
                throw tokens.error(token, "there is already a column " + Words.written(field));
            }
            groupBy.add(field);
        } while (tokens.skipSign(","));
        return groupBy;
    }

    private Statement aggregation(String collection, ClauseParser clauses, List<String> groupBy) {
        for (int at = 0; at < selected.size(); at++) {
            if (!groupBy.contains(selected.get(at))) {
                throw tokens.error(
                        selectedTokens.get(at),
                        "fields beside figures must be grouped by; add " + Words.written(selected.get(at))
                                + " to 'group by'");
            }
        }
        FieldNames names = new ColumnNames(tokens, groupBy, List.copyOf(measures));
        Condition having = clauses.having(names);
        clauses.orderBy(names);
        clauses.page();
        List<Measure> figures = List.copyOf(measures);
        return new Statement(
                collection,
                arguments -> new BoundAggregation(
                        collection,
                        new Aggregation(
                                clauses.filter(arguments),
                                groupBy,
                                figures,
                                having == null ? Filter.all() : having.bind(arguments),
                                clauses.sort(arguments),
                                clauses.offset(arguments),
                                clauses.limit(arguments))));
    }
}
