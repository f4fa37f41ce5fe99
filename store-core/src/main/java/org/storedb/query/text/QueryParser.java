package org.storedb.query.text;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;
import org.storedb.query.Filter;
import org.storedb.query.Sort;
import org.storedb.query.Sort.Direction;
import org.storedb.query.Sort.NullOrder;
import org.storedb.query.text.Token.Kind;

/** Reads a query: what to do, the collection, and the clauses. */
final class QueryParser {

    private static final Operand NONE = new Operand.Literal(0L);
    private static final Operand ALL = new Operand.Literal(Long.MAX_VALUE);

    private final SourceText source;
    private final TokenReader tokens;
    private final ParameterCollector parameters;
    private final OperandParser operands;
    private final Set<String> fields = new LinkedHashSet<>();

    private @Nullable Condition condition;
    private List<Sort.Order> orders = List.of();
    private @Nullable Operand offset;
    private @Nullable Operand limit;

    QueryParser(SourceText source) {
        this.source = source;
        tokens = new TokenReader(source);
        parameters = new ParameterCollector(tokens);
        operands = new OperandParser(tokens, parameters);
    }

    ParsedQuery parse() {
        QueryKind kind = kind();
        String collection = tokens.path("the name of a collection after '" + kind.word() + "'");
        clauses();
        if (!tokens.peek().is(Kind.END)) {
            throw tokens.unexpected(possibleNext());
        }
        if (kind == QueryKind.DELETE && condition == null) {
            throw tokens.unexpected("'where' in a delete; 'where true' deletes all documents");
        }
        return new ParsedQuery(
                source.text(),
                kind,
                collection,
                condition == null ? arguments -> Filter.all() : condition,
                orders.isEmpty() ? Sort.unsorted() : new Sort(orders),
                offset == null ? NONE : offset,
                limit == null ? ALL : limit,
                List.copyOf(fields),
                parameters.parameters());
    }

    private QueryKind kind() {
        for (QueryKind kind : QueryKind.values()) {
            if (tokens.skipWord(kind.word())) {
                return kind;
            }
        }
        throw tokens.unexpected("'find', 'count', 'exists' or 'delete'");
    }

    private void clauses() {
        if (tokens.skipWord("where")) {
            condition = new ConditionParser(tokens, operands, fields).condition();
        }
        if (tokens.skipWord("order")) {
            tokens.expectWord("by", "order");
            orders = orders();
        }
        while (true) {
            if (limit == null && tokens.skipWord("limit")) {
                limit = operands.count();
            } else if (offset == null && tokens.skipWord("offset")) {
                offset = operands.count();
            } else {
                return;
            }
        }
    }

    private List<Sort.Order> orders() {
        List<Sort.Order> orders = new ArrayList<>();
        do {
            orders.add(order());
        } while (tokens.skipSign(","));
        return orders;
    }

    private Sort.Order order() {
        String field = tokens.path("the name of a field to order by");
        fields.add(field);
        boolean ignoreCase = tokens.skipWord("ignoring");
        if (ignoreCase) {
            tokens.expectWord("case", "ignoring");
        }
        boolean descending = tokens.skipEither("asc", "desc") < 0;
        return new Sort.Order(field, descending ? Direction.DESCENDING : Direction.ASCENDING, nulls(), ignoreCase);
    }

    private NullOrder nulls() {
        if (!tokens.skipWord("nulls")) {
            return NullOrder.NATURAL;
        }
        int place = tokens.skipEither("first", "last");
        if (place == 0) {
            throw tokens.unexpected("'first' or 'last' after 'nulls'");
        }
        return place > 0 ? NullOrder.FIRST : NullOrder.LAST;
    }

    /** What can follow the clauses that were read. */
    private String possibleNext() {
        StringJoiner possible = new StringJoiner(", ");
        boolean paged = limit != null || offset != null;
        if (condition == null && orders.isEmpty() && !paged) {
            possible.add("'where'");
        }
        if (condition != null && orders.isEmpty() && !paged) {
            possible.add("'and'").add("'or'");
        }
        if (orders.isEmpty() && !paged) {
            possible.add("'order by'");
        }
        if (limit == null) {
            possible.add("'limit'");
        }
        if (offset == null) {
            possible.add("'offset'");
        }
        return possible.length() == 0 ? "the end of the query" : possible + " or the end of the query";
    }
}
