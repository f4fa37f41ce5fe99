package org.storedb.query.text;

import java.util.ArrayList;
import java.util.List;
import org.storedb.query.Sort;
import org.storedb.query.Sort.Direction;
import org.storedb.query.Sort.NullOrder;
import org.storedb.query.Sort.Order;

/** Parses what follows {@code order by}. */
final class OrderParser {

    private final TokenReader tokens;
    private final OperandParser operands;
    private final FieldNames fields;

    OrderParser(TokenReader tokens, OperandParser operands, FieldNames fields) {
        this.tokens = tokens;
        this.operands = operands;
        this.fields = fields;
    }

    /** A sort whose parameters are not bound yet. */
    interface UnboundSort {
        Sort bind(Arguments arguments);
    }

    /** An order whose parameters are not bound yet. */
    private interface UnboundOrder {
        Order bind(Arguments arguments);
    }

    UnboundSort sort() {
        List<UnboundOrder> orders = new ArrayList<>();
        do {
            orders.add(comesDistance() ? byDistance() : byValue());
        } while (tokens.skipSign(","));
        return arguments ->
                new Sort(orders.stream().map(order -> order.bind(arguments)).toList());
    }

    private boolean comesDistance() {
        return tokens.peek().isWord("distance") && tokens.peekSecond().isSign("(");
    }

    private UnboundOrder byDistance() {
        tokens.next();
        tokens.next();
        String field = fields.next("the name of a field with places");
        tokens.expectSign(",", "a comma and a point after the field");
        PlaceParser.Point origin = new PlaceParser(tokens, operands).only();
        tokens.expectSign(")", "a closing parenthesis after the point");
        Direction direction = direction();
        NullOrder nulls = nulls();
        return arguments -> new Order(field, direction, nulls, false, origin.bind(arguments));
    }

    private UnboundOrder byValue() {
        String field = fields.next("the name of a field to order by, or distance(field, point)");
        boolean ignoreCase = tokens.skipWord("ignoring");
        if (ignoreCase) {
            tokens.expectWord("case", "ignoring");
        }
        Order order = new Order(field, direction(), nulls(), ignoreCase);
        return arguments -> order;
    }

    private Direction direction() {
        return tokens.skipEither("asc", "desc") < 0 ? Direction.DESCENDING : Direction.ASCENDING;
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
}
