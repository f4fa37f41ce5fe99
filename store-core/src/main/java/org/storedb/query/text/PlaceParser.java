package org.storedb.query.text;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.storedb.error.InvalidQueryException;
import org.storedb.query.Filter;
import org.storedb.query.GeoPoint;
import org.storedb.query.GeoShape;

/** Parses geographic conditions: points, distances and shapes. */
final class PlaceParser {

    private final TokenReader tokens;
    private final OperandParser operands;
    private boolean literal;

    PlaceParser(TokenReader tokens, OperandParser operands) {
        this.tokens = tokens;
        this.operands = operands;
    }

    /** A point whose parameters are not bound yet. */
    interface Point {
        GeoPoint bind(Arguments arguments);
    }

    /** A shape whose parameters are not bound yet. */
    private interface Shape {
        GeoShape bind(Arguments arguments);
    }

    /** Returns the condition that follows {@code near}. */
    Condition near(String field) {
        Token start = tokens.peek();
        literal = true;
        Point center = point();
        if (tokens.skipWord("within")) {
            Operand distance = number();
            return checked(start, arguments -> Filter.near(field, center.bind(arguments), distance.number(arguments)));
        }
        if (!tokens.skipWord("between")) {
            throw tokens.unexpected("'within' or 'between' and distances in metres after the point");
        }
        Operand from = number();
        tokens.expectWord("and", "between …");
        Operand to = number();
        return checked(
                start,
                arguments -> Filter.near(field, center.bind(arguments), from.number(arguments), to.number(arguments)));
    }

    /** Returns the condition that follows {@code within}. */
    Condition within(String field) {
        Token start = tokens.peek();
        literal = true;
        Shape shape = shape();
        return checked(start, arguments -> Filter.within(field, shape.bind(arguments)));
    }

    /** Returns a point by itself. */
    Point only() {
        Token start = tokens.peek();
        literal = true;
        Point point = point();
        check(start, point::bind);
        return point;
    }

    private Condition checked(Token start, Condition condition) {
        check(start, condition::bind);
        return condition;
    }

    /** Rejects literals that do not fit at once, at their position in the text. */
    private void check(Token start, Consumer<Arguments> binding) {
        if (literal) {
            try {
                binding.accept(Arguments.NONE);
            } catch (InvalidQueryException e) {
                throw tokens.error(start, String.valueOf(e.getMessage()));
            }
        }
    }

    private Shape shape() {
        if (tokens.skipWord("circle")) {
            open("circle");
            Point center = point();
            comma();
            Operand radius = number();
            close();
            return arguments -> GeoShape.circle(center.bind(arguments), radius.number(arguments));
        }
        if (tokens.skipWord("box")) {
            open("box");
            Point southWest = point();
            comma();
            Point northEast = point();
            close();
            return arguments -> GeoShape.box(southWest.bind(arguments), northEast.bind(arguments));
        }
        if (tokens.skipWord("polygon")) {
            return polygon();
        }
        Operand parameter = operands.parameter();
        if (parameter == null) {
            throw tokens.unexpected("circle(…), box(…), polygon(…) or a parameter");
        }
        literal = false;
        return arguments -> parameter.instance(GeoShape.class, arguments);
    }

    private Shape polygon() {
        open("polygon");
        List<Point> corners = new ArrayList<>();
        do {
            corners.add(point());
        } while (tokens.skipSign(","));
        close();
        return arguments -> GeoShape.polygon(
                corners.stream().map(corner -> corner.bind(arguments)).toArray(GeoPoint[]::new));
    }

    private Point point() {
        Operand parameter = operands.parameter();
        if (parameter != null) {
            literal = false;
            return arguments -> parameter.instance(GeoPoint.class, arguments);
        }
        tokens.expectSign("(", "a point such as (latitude, longitude), or a parameter");
        Operand latitude = number();
        comma();
        Operand longitude = number();
        close();
        return arguments -> GeoPoint.of(latitude.number(arguments), longitude.number(arguments));
    }

    private Operand number() {
        Operand number = operands.number();
        literal &= number instanceof Operand.Literal;
        return number;
    }

    private void open(String before) {
        tokens.expectSign("(", "an opening parenthesis after '" + before + "'");
    }

    private void comma() {
        tokens.expectSign(",", "a comma");
    }

    private void close() {
        tokens.expectSign(")", "a closing parenthesis");
    }
}
