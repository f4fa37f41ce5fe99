package org.storedb.error;

/**
 * Thrown when the text of a query cannot be parsed. The message shows the line, marks the position and says what was
 * expected.
 */
public class QuerySyntaxException extends InvalidQueryException {

    private static final long serialVersionUID = 1L;

    private final int offset;
    private final int line;
    private final int column;

    public QuerySyntaxException(String message, int offset, int line, int column) {
        super(message);
        this.offset = offset;
        this.line = line;
        this.column = column;
    }

    /** Returns the position of the error in the text, in {@code char}s from its start. */
    public int offset() {
        return offset;
    }

    /** Returns the line number, from 1. */
    public int line() {
        return line;
    }

    /** Returns the column in the line, from 1; a surrogate pair counts as one. */
    public int column() {
        return column;
    }
}
