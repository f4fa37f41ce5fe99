package org.storedb.error;

/** The text of a query cannot be read. The message shows the line, points at the place and says what was expected. */
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

    /** Where in the text it is, in {@code char}s from its start. */
    public int offset() {
        return offset;
    }

    /** The line, from 1 on. */
    public int line() {
        return line;
    }

    /** The character in the line, from 1 on; a surrogate pair is one. */
    public int column() {
        return column;
    }
}
