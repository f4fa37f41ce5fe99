package org.storedb.query.text;

import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;
import org.storedb.query.Filter;
import org.storedb.query.Query;
import org.storedb.query.Sort;
import org.storedb.query.text.Token.Kind;

/** Parses the clauses after the collection, in their order, and knows what can come next. */
final class ClauseParser {

    private static final Operand NONE = new Operand.Literal(0L);
    private static final Operand ALL = new Operand.Literal(Long.MAX_VALUE);

    /** The clauses in order, except limit and offset, which come last in either order. */
    private enum Clause {
        NONE(""),
        WHERE("'where'"),
        GROUP_BY("'group by'"),
        HAVING("'having'"),
        ORDER_BY("'order by'"),
        PAGE("");

        private final String words;

        Clause(String words) {
            this.words = words;
        }

        boolean isCondition() {
            return this == WHERE || this == HAVING;
        }
    }

    private final TokenReader tokens;
    private final OperandParser operands;
    private Clause last = Clause.NONE;
    private boolean canGroup;
    private boolean canHave;
    private @Nullable Condition where;
    private OrderParser.@Nullable UnboundSort sort;
    private @Nullable Operand offset;
    private @Nullable Operand limit;

    ClauseParser(TokenReader tokens, OperandParser operands) {
        this.tokens = tokens;
        this.operands = operands;
    }

    /** Allows the clauses of an aggregation, which its parser then reads. */
    void allowGroups(boolean groupBy, boolean having) {
        canGroup = groupBy;
        canHave = having;
    }

    void where(FieldNames fields) {
        if (tokens.skipWord("where")) {
            where = new ConditionParser(tokens, operands, fields).condition();
            last = Clause.WHERE;
        }
    }

    /** Skips {@code group by} if it comes next. */
    boolean groupBy() {
        boolean found = canGroup && tokens.skipWord("group");
        if (found) {
            tokens.expectWord("by", "group");
            last = Clause.GROUP_BY;
            canHave = true;
        }
        return found;
    }

    /** Returns the condition after {@code having}, if that comes next. */
    @Nullable
    Condition having(FieldNames columns) {
        if (!canHave || !tokens.skipWord("having")) {
            return null;
        }
        Condition having = new ConditionParser(tokens, operands, columns).condition();
        last = Clause.HAVING;
        return having;
    }

    void orderBy(FieldNames fields) {
        if (tokens.skipWord("order")) {
            tokens.expectWord("by", "order");
            sort = new OrderParser(tokens, operands, fields).sort();
            last = Clause.ORDER_BY;
        }
    }

    /** Parses limit and offset, after which the statement must end. */
    void page() {
        boolean found = true;
        while (found) {
            found = false;
            if (limit == null && tokens.skipWord("limit")) {
                limit = operands.count();
                found = true;
            } else if (offset == null && tokens.skipWord("offset")) {
                offset = operands.count();
                found = true;
            }
            last = found ? Clause.PAGE : last;
        }
        if (!tokens.peek().is(Kind.END)) {
            throw tokens.unexpected(possibleNext());
        }
    }

    /** Rejects a statement that changes documents but does not say which. */
    void requireWhere(String statement, String changes) {
        if (where == null) {
            throw tokens.unexpected("'where' in " + statement + "; 'where true' " + changes + " all documents");
        }
    }

    Query query(Arguments arguments) {
        return new Query(filter(arguments), sort(arguments), offset(arguments), limit(arguments));
    }

    Filter filter(Arguments arguments) {
        return where == null ? Filter.all() : where.bind(arguments);
    }

    Sort sort(Arguments arguments) {
        return sort == null ? Sort.unsorted() : sort.bind(arguments);
    }

    long offset(Arguments arguments) {
        return (offset == null ? NONE : offset).count(arguments);
    }

    long limit(Arguments arguments) {
        return (limit == null ? ALL : limit).count(arguments);
    }

    /** Returns what can follow the clauses parsed so far. */
    private String possibleNext() {
        StringJoiner possible = new StringJoiner(", ");
        if (last.isCondition()) {
            possible.add("'and'").add("'or'");
        }
        for (Clause clause : Clause.values()) {
            boolean allowed = switch (clause) {
                case WHERE, ORDER_BY -> true;
                case GROUP_BY -> canGroup;
                case HAVING -> canHave;
                case NONE, PAGE -> false;
            };
            if (allowed && clause.compareTo(last) > 0) {
                possible.add(clause.words);
            }
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
